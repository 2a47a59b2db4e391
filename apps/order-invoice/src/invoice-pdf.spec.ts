import { describe, expect, it } from '@jest/globals';
import { anOrderLine, euros } from '@shop/testing';
import { creditNoteOf, type Invoice, invoiceOf } from './invoice.ts';
import { invoicePdf } from './invoice-pdf.ts';
import { textOf } from './pdf-text.fixture.ts';

const orderId = '01936f2a-0000-7000-8000-000000000001';
const date = new Date('2030-01-01T23:59:59Z');
const order = {
  orderId,
  customerId: 'alice',
  lines: [
    anOrderLine({ sku: 'MUG-01', name: 'Émaillé mug', quantity: 2, lineTotal: euros(3998) }),
    anOrderLine({ sku: 'TEA-01', name: 'Tea', unitPrice: euros(450), lineTotal: euros(450) }),
  ],
  total: euros(4448),
};
const pagesOf = async (invoice: Invoice) => textOf(await invoicePdf(invoice));
const textsOf = async (invoice: Invoice) => (await pagesOf(invoice)).flat();

describe('an invoice', () => {
  it('says what was bought, when, by whom, for how much', async () => {
    expect(await textsOf(invoiceOf(order, date))).toEqual([
      'Shop',
      `Invoice INV-${orderId}`,
      'Date: 2030-01-01',
      `Order: ${orderId}`,
      'Customer: alice',
      ...['Article', 'Quantity', 'Price', 'Amount'],
      ...['Émaillé mug', '2', 'EUR 19.99', 'EUR 39.98'],
      'MUG-01',
      ...['Tea', '1', 'EUR 4.50', 'EUR 4.50'],
      'TEA-01',
      ...['Total', '', '', 'EUR 44.48'],
      'Paid with your order. Thank you.',
    ]);
  });

  it('has the same bytes whenever it is written', async () => {
    const first = await invoicePdf(invoiceOf(order, date));
    // The clock of a PDF ticks in seconds.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(Buffer.from(await invoicePdf(invoiceOf(structuredClone(order), date)))).toEqual(
      Buffer.from(first),
    );
  });

  it.each([
    ['JPY', 'JPY 1,234,567'],
    ['EUR', 'EUR 12,345.67'],
    ['KWD', 'KWD 1,234.567'],
  ])('writes amounts in %s with the digits of that currency', async (currency, text) => {
    const texts = await textsOf(invoiceOf({ ...order, total: { amount: 1_234_567, currency } }, date));
    expect(texts).toContain(text);
  });

  it('goes on on another page, under the heads of the columns, and loses no line', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => anOrderLine({ sku: `SKU-${index}` }));
    const pages = await pagesOf(invoiceOf({ ...order, lines }, date));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page).toEqual(expect.arrayContaining(['Article', 'Amount']));
    expect(pages.flat().filter((text) => text.startsWith('SKU-'))).toEqual(lines.map(({ sku }) => sku));
    expect(pages.at(-1)).toContain('EUR 44.48');
  });

  it('shortens a name that is too long, and puts ? for letters that its font lacks', async () => {
    const lines = [anOrderLine({ name: `Tea 日本\u0000${'x'.repeat(300)}` })];
    const [name] = (await textsOf(invoiceOf({ ...order, lines }, date))).filter((text) =>
      text.startsWith('Tea'),
    );
    expect(name).toMatch(/^Tea \?\?\?x{10,60}\.\.\.$/);
  });
});

describe('a credit note', () => {
  it('names the invoice that it takes back', async () => {
    const texts = await textsOf(creditNoteOf(order, date));
    expect(texts).toContain(`Credit note CN-${orderId}`);
    expect(texts).toContain('EUR 44.48');
    expect(texts.at(-1)).toBe(`Takes back invoice INV-${orderId}. The total has been returned to you.`);
  });

  it('is kept apart from the invoice', () => {
    expect(creditNoteOf(order, date).name).toBe(`credit-notes/${orderId}.pdf`);
    expect(invoiceOf(order, date).name).toBe(`invoices/${orderId}.pdf`);
  });
});
