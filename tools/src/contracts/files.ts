import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Documents } from './documents.ts';
import type { JsonObject } from './json.ts';

/** Where documents are, from the root: what the code says now, and what was released. */
export const folders = { current: 'docs/api', released: 'docs/api/released' } as const;

/** Reads the documents of a folder. */
export async function readDocuments(folder: string): Promise<Documents> {
  const openApi: Documents['openApi'] = {};
  for (const file of await namesIn(folder))
    openApi[file.replace(/\.json$/, '')] = await json(join(folder, 'openapi', file));
  return { openApi, asyncApi: await json(join(folder, 'asyncapi.json')) };
}

/** Makes `released` what `current` is. */
export async function release(current: string, released: string): Promise<void> {
  await rm(released, { recursive: true, force: true });
  await mkdir(join(released, 'openapi'), { recursive: true });
  const files = ['asyncapi.json', ...(await namesIn(current)).map((file) => join('openapi', file))];
  for (const file of files) await copyFile(join(current, file), join(released, file));
}

const namesIn = async (folder: string) => (await readdir(join(folder, 'openapi'))).sort();
const json = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as JsonObject;
