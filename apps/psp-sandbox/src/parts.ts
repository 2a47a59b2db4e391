/** What a simulation puts together by itself, without HTTP. */
export { Book, type JournalLine } from './book/book.ts';
export { Journal } from './book/journal.ts';
export type { Payment } from './book/payment.ts';
export type { Connection } from './payments/connection.ts';
export { PaymentsController } from './payments/payments.controller.ts';
export { Temper } from './payments/temper.ts';
