import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { moneyText } from '@shop/contracts';
import type { Invoice } from './invoice.ts';
import { type Cell, Sheet } from './sheet.ts';

const columns = { quantity: 330, price: 440, amount: 545 };

/** The document as a PDF: the same bytes for the same invoice. */
export async function invoicePdf(invoice: Invoice): Promise<Uint8Array> {
  // Else it would carry the time at which it was written.
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setTitle(`${invoice.title} ${invoice.number}`);
  pdf.setCreationDate(invoice.date);
  const [plain, bold] = await Promise.all([
    pdf.embedFont(StandardFonts.Helvetica),
    pdf.embedFont(StandardFonts.HelveticaBold),
  ]);
  const sheet = new Sheet(pdf, { plain, bold }, row(['Article', 'Quantity', 'Price', 'Amount'], true));
  write(sheet, invoice);
  return pdf.save();
}

function write(sheet: Sheet, { title, number, date, note, order }: Invoice): void {
  sheet.line([{ text: 'Shop', bold: true, size: 20 }]).skip(14);
  sheet.line([{ text: `${title} ${number}`, bold: true, size: 13 }]).skip(6);
  sheet.line([{ text: `Date: ${date.toISOString().slice(0, 10)}` }]);
  sheet.line([{ text: `Order: ${order.orderId}` }]);
  sheet.line([{ text: `Customer: ${order.customerId}` }]).skip(20);
  sheet.head().rule();
  for (const { name, sku, quantity, unitPrice, lineTotal } of order.lines)
    sheet
      .row(row([name, String(quantity), moneyText(unitPrice), moneyText(lineTotal)]))
      .line([{ text: sku, size: 7 }]);
  sheet.rule().row(row(['Total', '', '', moneyText(order.total)], true));
  sheet.skip(20).line([{ text: note }]);
}

function row([article, quantity, price, amount]: [string, string, string, string], bold = false): Cell[] {
  return [
    { text: article, bold, upTo: columns.quantity - 60 },
    { text: quantity, bold, endAt: columns.quantity },
    { text: price, bold, endAt: columns.price },
    { text: amount, bold, endAt: columns.amount },
  ];
}
