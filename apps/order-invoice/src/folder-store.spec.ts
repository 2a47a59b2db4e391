import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderStore } from './folder-store.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('objects in a folder', () => {
  let folder: string;
  let store: FolderStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'objects-'));
    store = new FolderStore(join(folder, 'not', 'yet'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are kept under their names, and nothing beside them', async () => {
    expect(await store.put('invoices/1.pdf', bytes('one'))).toBe(true);
    expect(await readdir(join(folder, 'not/yet/invoices'))).toEqual(['1.pdf']);
    expect(await readFile(join(folder, 'not/yet/invoices/1.pdf'), 'utf8')).toBe('one');
  });

  it('are never replaced', async () => {
    await store.put('1', bytes('one'));
    expect(await store.put('1', bytes('two'))).toBe(false);
    expect(await readFile(join(folder, 'not/yet/1'), 'utf8')).toBe('one');
  });

  it('have one winner among many who store at once', async () => {
    const stored = await Promise.all(Array.from({ length: 20 }, (_, n) => store.put('1', bytes(`${n}`))));
    expect(stored.filter(Boolean)).toHaveLength(1);
    expect(await readdir(join(folder, 'not/yet'))).toEqual(['1']);
  });

  it('leave nothing behind when they cannot be stored', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(new FolderStore(join(folder, 'file')).put('1', bytes('one'))).rejects.toThrow(
      'file already exists',
    );
    expect(await readdir(folder)).toEqual(['file']);
  });
});
