import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { CursorCodec } from './cursor-codec.ts';

const Position = z.strictObject({ name: z.string(), id: z.string() });
const codec = new CursorCodec('a secret of sixteen');
const cursor = codec.encode({ name: 'Mug', id: '1' });
const refused = expect.objectContaining({ code: 'request/cursor-invalid', kind: 'invalid' });

describe('a cursor', () => {
  it('brings back any position it was made of', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, id) =>
        expect(codec.decode(Position, codec.encode({ name, id }))).toEqual({ name, id }),
      ),
    );
  });

  it('is refused when any of its characters was changed', () => {
    for (let at = 0; at < cursor.length; at++) {
      const forged = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1);
      expect(() => codec.decode(Position, forged)).toThrow(refused);
    }
  });

  it.each(['', 'x', '!!', `${cursor}=`, `${cursor} `, cursor.slice(0, -1), cursor + cursor])(
    'is refused as %j',
    (forged) => {
      expect(() => codec.decode(Position, forged)).toThrow(refused);
    },
  );

  it('is refused by a service with another secret, and by a list with another order', () => {
    expect(() => new CursorCodec('another secret, just as long').decode(Position, cursor)).toThrow(refused);
    expect(() => codec.decode(z.strictObject({ price: z.number() }), cursor)).toThrow(refused);
  });
});
