import {
  decodePDFRawStream,
  type PDFArray,
  PDFDocument,
  type PDFRawStream,
  type PDFRef,
} from '@cantoo/pdf-lib';

/** The texts that the pages of an invoice show, in the order in which they are drawn. */
export async function textOf(pdf: Uint8Array): Promise<string[][]> {
  const document = await PDFDocument.load(pdf);
  return document.getPages().map(({ node }) =>
    (node.Contents() as PDFArray).asArray().flatMap((reference) => {
      const stream = document.context.lookup(reference as PDFRef) as PDFRawStream;
      return shown(Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1'));
    }),
  );
}

// Windows-1252 in hexadecimal digits, as the standard fonts want it.
const shown = (operators: string): string[] =>
  [...operators.matchAll(/<([0-9A-F]*)> Tj/gi)].map(([, hex = '']) =>
    new TextDecoder('windows-1252').decode(Buffer.from(hex, 'hex')),
  );
