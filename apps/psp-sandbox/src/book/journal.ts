import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that ever happened, a line each, so that a restart finds the book as it was. Without a folder nothing is kept. */
export class Journal<T> {
  private readonly file: string | undefined;
  private readonly descriptor: number | undefined;

  constructor(folder: string | undefined) {
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, 'book.jsonl');
    this.descriptor = openSync(this.file, 'a');
    this.endTornLine();
  }

  /** Written before anyone is answered: a synchronous write survives the death of the process, and costs microseconds. */
  append(line: T): void {
    if (this.descriptor !== undefined) writeSync(this.descriptor, `${JSON.stringify(line)}\n`);
  }

  *replay(): Generator<T> {
    for (const line of this.text().split('\n')) {
      const entry = parsed<T>(line);
      if (entry !== undefined) yield entry;
    }
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
  }

  /** A process that was killed in the middle of a write leaves half a line, which must not swallow the next one. */
  private endTornLine(): void {
    const text = this.text();
    if (text && !text.endsWith('\n')) writeSync(this.descriptor!, '\n');
  }

  private text(): string {
    return this.file && existsSync(this.file) ? readFileSync(this.file, 'utf8') : '';
  }
}

/** Undefined for a torn line: nobody was answered about it. */
function parsed<T>(line: string): T | undefined {
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}
