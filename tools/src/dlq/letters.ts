import { stripVTControlCharacters } from 'node:util';
import type { DeadLetter, OpenLetter } from '@shop/messaging/dead-letters';
import { paint } from '../runner/paint.ts';

/** One letter in two lines: which, when and what; then why. */
export function letterLines({ id, at, group, type, reason, error, attempts }: DeadLetter): string {
  const tries = `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
  return `${paint.bold(id)}  ${paint.dim(at)}  ${group}  ${type || 'unknown type'}\n    ${reason} ${paint.dim(`after ${tries}:`)} ${plain(error)}`;
}

/** Everything a letter carries, for a person. */
export function openLetterLines(letter: OpenLetter): string {
  const { origin, key, messageId, traceId, topic, headers } = letter;
  const facts = {
    'read from': `${origin.topic}, partition ${origin.partition}, offset ${origin.offset}`,
    'parked in': topic,
    key,
    message: messageId,
    trace: traceId,
  };
  const rows = Object.entries(facts).map(
    ([name, value]) => `  ${paint.dim(name.padEnd(10))} ${plain(value)}`,
  );
  const carried = Object.entries(headers).map(
    ([name, value]) => `  ${paint.dim(name)} ${plain(headerText(value))}`,
  );
  return [
    letterLines(letter),
    ...rows,
    '',
    paint.bold('headers'),
    ...carried,
    '',
    paint.bold('body'),
    plain(bodyText(letter.body)),
  ].join('\n');
}

/** The same as a value for JSON: header values as text, the body as text or, when it is no UTF-8, as base64. */
export function openLetterValue({ headers, body, ...letter }: OpenLetter): object {
  const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, headerText(value)]));
  return {
    ...letter,
    headers: texts,
    ...(isText(body) ? { body: body?.toString('utf8') ?? null } : { bodyBase64: body?.toString('base64') }),
  };
}

const headerText = (value: OpenLetter['headers'][string]): string =>
  Array.isArray(value) ? value.map(String).join(', ') : String(value ?? '');

const bodyText = (body: Buffer | null): string => {
  if (body === null) return '(none)';
  return isText(body)
    ? body.toString('utf8')
    : `${body.length} bytes that are no text, in base64: ${body.toString('base64')}`;
};

function isText(body: Buffer | null): boolean {
  return body === null || Buffer.from(body.toString('utf8')).equals(body);
}

/** A message comes from outside: it must not be able to write to the terminal's controls. */
const plain = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  stripVTControlCharacters(text).replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
