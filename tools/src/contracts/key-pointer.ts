import type { MessageDefinition } from '@shop/contracts';

const path = Symbol('path');

/** The field of the payload that is a message's key, as JSON pointer: found by letting the key function read from a payload that tells. */
export function keyPointer({ type, key }: Pick<MessageDefinition, 'type' | 'key'>): string {
  const read = key(telling('') as never) as unknown;
  if (typeof read === 'object' && read !== null && path in read) return String(read[path as never]);
  throw new Error(`the key of ${type} must be a field of its payload, so that the documents can name it`);
}

const telling = (pointer: string): object =>
  new Proxy(
    {},
    {
      has: (_, name) => name === path,
      get: (_, name) => {
        if (name === path) return pointer;
        // A key that is put together is text, which tells nothing.
        if (name === Symbol.toPrimitive) return () => '';
        return typeof name === 'string' ? telling(`${pointer}/${name}`) : undefined;
      },
    },
  );
