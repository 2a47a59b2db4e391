import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Documents } from './documents.ts';
import type { JsonObject } from './json.ts';

/** Where documents are, from the root: what the code says now, and what was released. */
export const folders = { current: 'docs/api', released: 'docs/api/released' } as const;

/** Where files are read from: the disk, or a commit. */
export interface Files {
  names(folder: string): Promise<string[]>;
  text(path: string): Promise<string>;
}

const onDisk: Files = { names: (folder) => readdir(folder), text: (path) => readFile(path, 'utf8') };

/** Reads the documents of a folder. */
export async function readDocuments(folder: string, { names, text } = onDisk): Promise<Documents> {
  const json = async (path: string) => JSON.parse(await text(join(folder, path))) as JsonObject;
  const openApi: Documents['openApi'] = {};
  for (const file of (await names(join(folder, 'openapi'))).sort())
    openApi[file.replace(/\.json$/, '')] = await json(join('openapi', file));
  return { openApi, asyncApi: await json('asyncapi.json') };
}

/** Makes `released` what `current` is. */
export async function release(current: string, released: string): Promise<void> {
  await rm(released, { recursive: true, force: true });
  await mkdir(join(released, 'openapi'), { recursive: true });
  const files = [
    'asyncapi.json',
    ...(await readdir(join(current, 'openapi'))).map((file) => join('openapi', file)),
  ];
  for (const file of files) await copyFile(join(current, file), join(released, file));
}
