import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Java } from './java.ts';

/**
 * Java's class data sharing (JEP 350): the first broker that ends in good order leaves an archive of its loaded classes,
 * and every later start takes half the time and a fifth less memory.
 */
export class ClassArchive {
  readonly #file: string;
  readonly #draft: string;

  constructor(jars: string, { banner }: Java) {
    this.#file = join(jars, `classes-${createHash('sha256').update(banner).digest('hex').slice(0, 12)}.jsa`);
    this.#draft = `${this.#file}.${process.pid}`;
  }

  /** What to start Java with: use the archive, or write one at the end. */
  options(): string[] {
    return existsSync(this.#file)
      ? [`-XX:SharedArchiveFile=${this.#file}`]
      : [`-XX:ArchiveClassesAtExit=${this.#draft}`];
  }

  /** After an end in good order: the archive gets its name when it is whole. */
  keep(): void {
    if (existsSync(this.#draft)) renameSync(this.#draft, this.#file);
  }

  discard(): void {
    rmSync(this.#draft, { force: true });
  }
}
