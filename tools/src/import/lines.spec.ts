import { describe, expect, it } from '@jest/globals';
import { linesOf } from './lines.ts';

const read = async (...chunks: (string | Buffer)[]) => {
  const bytes = async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk as string);
  };
  return Array.fromAsync(linesOf(bytes()));
};

describe('reading lines', () => {
  it('numbers them from 1 and takes every kind of line end', async () => {
    expect(await read('a\nb\r\n\nc')).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: 'b' },
      { number: 3, text: '' },
      { number: 4, text: 'c' },
    ]);
  });

  it('puts lines and characters together again that chunks tore apart', async () => {
    const bytes = Buffer.from('Café\nThé\n');
    const single = Array.from(bytes, (byte) => Buffer.of(byte));
    expect((await read(...single)).map(({ text }) => text)).toEqual(['Café', 'Thé']);
  });

  it('ignores a byte order mark', async () => {
    expect(await read('\ufeffsku\n')).toEqual([{ number: 1, text: 'sku' }]);
  });

  it('finds fault with the line that is not UTF-8, and with no other', async () => {
    const lines = await read('a\n', Buffer.from('Caf\xe9\n', 'latin1'), 'b\n');
    expect(lines).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: '', fault: expect.stringContaining('UTF-8') },
      { number: 3, text: 'b' },
    ]);
  });

  it('recognises UTF-16 instead of reading noise', async () => {
    expect(await read(Buffer.from('\ufeffsku\nA\n', 'utf16le'))).toEqual([
      { number: 1, text: '', fault: expect.stringContaining('UTF-16') },
    ]);
  });

  it('skips a line without end instead of keeping it in memory', async () => {
    const lines = await read(...Array.from({ length: 10 }, () => 'x'.repeat(65_536)), '\nb\n');
    expect(lines).toEqual([
      { number: 1, text: '', fault: expect.stringContaining('longer') },
      { number: 2, text: 'b' },
    ]);
  });
});
