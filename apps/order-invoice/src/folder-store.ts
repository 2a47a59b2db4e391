import { randomUUID } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ObjectStore } from './object-store.ts';

/** Objects as files: of a folder, or of a volume that several processes share. */
export class FolderStore implements ObjectStore {
  constructor(private readonly folder: string) {}

  async put(name: string, bytes: Uint8Array): Promise<boolean> {
    const path = join(this.folder, name);
    const unfinished = `${path}.${randomUUID()}.part`;
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeFile(unfinished, bytes, { flush: true });
      // Unlike a rename it never replaces: whoever comes second is told so. Nobody sees half of a file.
      await link(unfinished, path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(unfinished, { force: true });
    }
  }
}
