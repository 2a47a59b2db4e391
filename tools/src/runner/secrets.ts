import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The text of a file that is written once and never again, also when two processes try at the same time. Only its owner can read it. */
export function writtenOnce(file: string, content: () => string): string {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, content(), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft);
    }
  }
  return readFileSync(file, 'utf8');
}

/** Answers the secret of a name, the same for ever on this data folder: all are derived from one key that is made on first use. */
export function secretsIn(file: string): (name: string) => string {
  const key = writtenOnce(file, () => randomBytes(32).toString('hex'));
  return (name) => createHmac('sha256', key).update(name).digest('base64url').slice(0, 32);
}
