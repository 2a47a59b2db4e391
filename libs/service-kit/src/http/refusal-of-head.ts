import type { IncomingMessage } from 'node:http';
import { Problem } from '../problem/problem.ts';
import { requestProblems } from '../problem/standard-problems.ts';

const most = { urlLength: 8_000, headers: 100 };
/** A name or an address with its port (RFC 3986, 3.2.2); of two Host headers Node has made a list. */
const host = /^[\w.~!$&'()*+;=%:[\]-]*$/;

/** Why a request is refused before anybody looks at what it asks for; cheap for those that are not. */
export function refusalOfHead({
  url = '',
  headers,
  rawHeaders,
  httpVersion,
}: IncomingMessage): Problem | undefined {
  if (!httpVersion.startsWith('1.')) return malformed('The request is not HTTP/1.1');
  if (url.length > most.urlLength)
    return new Problem(
      requestProblems.uriTooLong,
      `The address must not exceed ${most.urlLength} characters`,
    );
  // Names and values alternate.
  if (rawHeaders.length > 2 * most.headers)
    return new Problem(requestProblems.headersTooLarge, `A request has at most ${most.headers} headers`);
  if (url.includes('%') && !isText(url)) return malformed('The address must be UTF-8, without NUL');
  if (headers.host === undefined ? httpVersion !== '1.0' : !host.test(headers.host))
    return malformed('A request has one Host header, with a host in it');
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue')
    return new Problem(requestProblems.expectationFailed);
  return undefined;
}

function isText(url: string): boolean {
  try {
    return !decodeURIComponent(url).includes('\0');
  } catch {
    return false;
  }
}

const malformed = (detail: string) => new Problem(requestProblems.malformed, detail);
