/** A line of a text file, without its end. A line that cannot be read has a fault and no text. */
export interface Line {
  number: number;
  text: string;
  fault?: string;
}

const NEWLINE = 0x0a;
const TOO_LONG = 256 * 1024;

/** Reads bytes line by line, holding one chunk of them. Each line is decoded by itself, so that one bad byte costs one line. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  let skipping = false;
  for await (const chunk of chunks) {
    if (number === 0 && rest.length === 0 && isUtf16(chunk)) {
      yield { number: 1, text: '', fault: 'the file is UTF-16: save it as UTF-8' };
      return;
    }
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      if (!skipping) yield decoded(++number, Buffer.concat([rest, chunk.subarray(from, end)]));
      skipping = false;
      rest = Buffer.alloc(0);
      from = end + 1;
    }
    if (!skipping) rest = Buffer.concat([rest, chunk.subarray(from)]);
    if (rest.length > TOO_LONG) {
      yield { number: ++number, text: '', fault: `is longer than ${TOO_LONG / 1024} KiB` };
      skipping = true;
      rest = Buffer.alloc(0);
    }
  }
  if (rest.length > 0) yield decoded(number + 1, rest);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decoded(number: number, bytes: Buffer): Line {
  try {
    return { number, text: utf8.decode(bytes).replace(/\r$/, '') };
  } catch {
    return { number, text: '', fault: 'is not UTF-8: save the file as UTF-8' };
  }
}

const isUtf16 = ([first, second]: Buffer): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
