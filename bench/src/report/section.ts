/** A part of the report about one scenario. */
export interface Section {
  title: string;
  /** Markdown: how it was measured, and tables. */
  text: string[];
  /** SVG by file name. */
  plots: Record<string, string>;
}

/** A Markdown table; all columns but the first hold figures. */
export function table(head: string[], rows: string[][]): string {
  const lines = [head, head.map((_, index) => (index === 0 ? ':--' : '--:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
