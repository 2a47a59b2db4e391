import { PageSizes, type PDFDocument, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';

/** A piece of text on a line, in points from the left edge. */
export interface Cell {
  text: string;
  bold?: boolean;
  size?: number;
  /** Flush right, ending here; else it starts at the margin. */
  endAt?: number;
  /** Where it is cut off. */
  upTo?: number;
}

const margin = 50;
const width = PageSizes.A4[0] - 2 * margin;
const leading = 1.5;

/** A4 pages that are written from top to bottom; a table that goes on gets its head again. */
export class Sheet {
  /** The fonts that every reader has know Western Europe's letters only. */
  readonly #known: ReadonlySet<number>;
  #page: PDFPage;
  #y = 0;

  constructor(
    private readonly pdf: PDFDocument,
    private readonly fonts: { plain: PDFFont; bold: PDFFont },
    private readonly heading: readonly Cell[],
  ) {
    this.#known = new Set(fonts.plain.getCharacterSet());
    this.#page = this.#newPage();
  }

  /** Cells side by side. */
  line(cells: readonly Cell[]): this {
    this.#y -= Math.max(...cells.map(({ size = 10 }) => size * leading));
    for (const cell of cells) this.#draw(cell);
    return this;
  }

  head(): this {
    return this.line(this.heading);
  }

  /** A line of the table. */
  row(cells: readonly Cell[]): this {
    if (this.#y < margin + 4 * 10 * leading) {
      this.#page = this.#newPage();
      this.head().rule();
    }
    return this.line(cells);
  }

  rule(): this {
    this.#y -= 5;
    const [start, end] = [margin, margin + width].map((x) => ({ x, y: this.#y }));
    this.#page.drawLine({ start: start!, end: end!, thickness: 0.5 });
    return this;
  }

  skip(points: number): this {
    this.#y -= points;
    return this;
  }

  #draw({ text, bold = false, size = 10, endAt, upTo = margin + width }: Cell): void {
    const font = bold ? this.fonts.bold : this.fonts.plain;
    const shown = cut(this.#legible(text), (part) => font.widthOfTextAtSize(part, size) <= upTo - margin);
    const x = endAt === undefined ? margin : endAt - font.widthOfTextAtSize(shown, size);
    this.#page.drawText(shown, { x, y: this.#y, size, font });
  }

  /** Any other character would make the document fail. */
  #legible(text: string): string {
    const characters = Array.from(text.normalize('NFC').replace(/\s/g, ' '));
    return characters.map((one) => (this.#known.has(one.codePointAt(0)!) ? one : '?')).join('');
  }

  #newPage(): PDFPage {
    const page = this.pdf.addPage(PageSizes.A4);
    this.#y = page.getHeight() - margin;
    return page;
  }
}

function cut(text: string, fits: (part: string) => boolean): string {
  if (fits(text)) return text;
  let length = text.length;
  while (length > 0 && !fits(`${text.slice(0, length)}...`)) length--;
  return `${text.slice(0, length)}...`;
}
