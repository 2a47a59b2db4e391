import { createHash } from 'node:crypto';

/** RFC 5321, 4.5.3.1.1. */
const longestLocalPart = 64;

/**
 * The address of a customer. Whatever an identity provider calls them becomes a valid local part, and two customers never
 * the same one: what is not safe is written as `=` and its hex bytes.
 */
export function recipient(template: string, customerId: string): string {
  return template.replace('{customer}', () => localPart(customerId));
}

function localPart(customerId: string): string {
  const safe = customerId.replace(/[^A-Za-z0-9_.+-]|^\.|\.$|\.(?=\.)/gu, hex);
  return safe.length <= longestLocalPart ? safe : createHash('sha256').update(customerId).digest('hex');
}

const hex = (character: string): string => Buffer.from(character).toString('hex').replace(/../g, '=$&');
