import type { MessageDefinition } from '@shop/contracts';
import type { IncomingMessage } from '../broker/port.ts';
import type { Delivery } from '../delivery.ts';
import { PermanentError } from '../errors.ts';
import { carrierOf, ce, text } from '../headers.ts';
import { roundOf } from './rounds.ts';

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const VERSION = /\.v\d+$/;

/** The message types a service knows, by name. */
export type Catalogue = ReadonlyMap<string, MessageDefinition>;

/** What a message claims to be. Throws a PermanentError whose code becomes the reason of the dead letter. */
export function definitionOf(message: IncomingMessage, catalogue: Catalogue): MessageDefinition {
  const type = required(message, ce.type);
  const definition = catalogue.get(type);
  if (definition) return definition;
  const versionless = type.replace(VERSION, '');
  const otherVersion = [...catalogue.keys()].some((known) => known.replace(VERSION, '') === versionless);
  throw otherVersion
    ? new PermanentError(`${type} is a version that this service does not know`, {
        code: 'message/unknown-version',
      })
    : new PermanentError(`${type} is not a known message type`, { code: 'message/unknown-type' });
}

/** The message as its handler sees it. Throws a PermanentError. */
export function decode<D extends MessageDefinition>(message: IncomingMessage, definition: D): Delivery<D> {
  const id = required(message, ce.id);
  if (!UUID.test(id)) throw new PermanentError(`${ce.id} must be a UUID`, { code: 'message/invalid-header' });
  if (required(message, ce.specVersion) !== '1.0') {
    throw new PermanentError(`${ce.specVersion} must be 1.0`, { code: 'message/invalid-header' });
  }
  const source = required(message, ce.source);
  const carrier = carrierOf(message.headers);
  const time = new Date(text(message.headers, ce.time) ?? message.timestamp);
  return {
    id: id.toLowerCase(),
    type: definition.type,
    key: message.key?.toString() ?? '',
    time: Number.isNaN(time.getTime()) ? new Date(message.timestamp) : time,
    source,
    payload: payloadOf(message, definition),
    traceId: carrier['traceparent']?.split('-')[1] ?? '',
    carrier,
    attempt: roundOf(message) + 1,
  };
}

function payloadOf<D extends MessageDefinition>(
  message: IncomingMessage,
  definition: D,
): Delivery<D>['payload'] {
  if (message.value === null)
    throw new PermanentError('the message has no body', { code: 'message/tombstone' });
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(message.value));
  } catch (cause) {
    throw new PermanentError('the body is not JSON in UTF-8', { code: 'message/undecodable', cause });
  }
  const result = definition.schema.safeParse(body);
  if (result.success) return result.data as Delivery<D>['payload'];
  // Where the body is wrong, never what it says: the error ends up in headers and logs.
  const faults = result.error.issues.slice(0, 10).map(({ path, code }) => `/${path.join('/')} ${code}`);
  throw new PermanentError(`the body does not fit ${definition.type}: ${faults.join(', ')}`, {
    code: 'message/invalid',
  });
}

function required(message: IncomingMessage, name: string): string {
  const value = text(message.headers, name);
  if (value) return value;
  throw new PermanentError(`the header ${name} is missing`, { code: 'message/missing-header' });
}
