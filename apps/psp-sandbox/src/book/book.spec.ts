import { beforeEach, describe, expect, it } from '@jest/globals';
import { Book, type JournalLine } from './book.ts';
import { Journal } from './journal.ts';

const request = { reference: 'order-1', amount: { amount: 1999, currency: 'EUR' }, token: 'tok_ok' };

describe('the book', () => {
  let now: number;
  let book: Book;
  let changes: string[];

  beforeEach(() => {
    now = 1_000;
    changes = [];
    book = new Book({
      journal: new Journal<JournalLine>(undefined),
      authorisationTtlMs: 500,
      changed: ({ state }) => changes.push(state),
      now: () => now,
    });
  });

  it('shows one payment for a request that is repeated', () => {
    const first = book.authorise('k', request);
    expect(book.authorise('k', request)).toBe(first);
    expect(book.page(0, 10)).toHaveLength(1);
    expect(changes).toEqual(['authorised']);
  });

  it.each([{ reference: 'order-2' }, { amount: { amount: 1, currency: 'EUR' } }, { token: 'tok_slow' }])(
    'refuses a key that comes back with %j',
    (change) => {
      book.authorise('k', request);
      expect(() => book.authorise('k', { ...request, ...change })).toThrow(
        'The key was used for another request',
      );
    },
  );

  it('refuses a key of one operation for another', () => {
    const { id } = book.authorise('k', request);
    expect(() => book.capture('k', id)).toThrow('The key was used for another request');
  });

  it('captures once and refunds once, however often it is asked', () => {
    const { id } = book.authorise('k', request);
    book.capture('k2', id);
    book.capture('k2', id);
    book.refund('k3', id);
    book.refund('k3', id);
    expect(changes).toEqual(['authorised', 'captured', 'refunded']);
  });

  it('knows no second capture under another key', () => {
    const { id } = book.authorise('k', request);
    book.capture('k2', id);
    expect(() => book.capture('k3', id)).toThrow('cannot be captured');
  });

  it('voids authorisations that are too old', () => {
    const { id } = book.authorise('k', request);
    now += 500;
    expect(() => book.capture('k2', id)).toThrow('The authorisation has expired');
    expect(book.find(id).state).toBe('voided');
  });

  it('goes on expiring after one that was captured', () => {
    book.capture('k2', book.authorise('k', request).id);
    const { id } = book.authorise('k3', request);
    now += 500;
    expect(book.find(id).state).toBe('voided');
    expect(book.page(0, 1)[0]?.state).toBe('captured');
  });

  describe('cancelling by key', () => {
    it('voids an authorisation and refunds a capture', () => {
      book.authorise('k', request);
      expect(book.cancel('k')?.state).toBe('voided');
      book.capture('c', book.authorise('k2', request).id);
      expect(book.cancel('k2')?.state).toBe('refunded');
    });

    it('makes a key dead under which nothing happened yet', () => {
      expect(book.cancel('k')).toBeUndefined();
      expect(() => book.authorise('k', request)).toThrow('nothing will ever happen under it');
    });

    it('changes nothing when repeated', () => {
      book.authorise('k', request);
      book.cancel('k');
      expect(book.cancel('k')?.state).toBe('voided');
      expect(changes).toEqual(['authorised', 'voided']);
    });
  });
});
