import { createHash } from 'node:crypto';

/** RFC 5321, 4.5.3.1.1. */
const longestLocalPart = 64;

/** Finds the e-mail address of a customer. Events carry none, so a shop with real customers asks its identity provider here. */
export type FindRecipient = (customerId: string) => string | Promise<string>;

/**
 * For development: an address made from the id. Whatever an identity provider calls them becomes a valid local part, and two customers never
 * the same one: what is not safe is written as `=` and its hex bytes.
 */
export const recipientByTemplate =
  (template: string) =>
  (customerId: string): string =>
    template.replace('{customer}', () => localPart(customerId));

function localPart(customerId: string): string {
  const safe = customerId.replace(/[^A-Za-z0-9_.+-]|^\.|\.$|\.(?=\.)/gu, hex);
  return safe.length <= longestLocalPart ? safe : createHash('sha256').update(customerId).digest('hex');
}

const hex = (character: string): string => Buffer.from(character).toString('hex').replace(/../g, '=$&');
