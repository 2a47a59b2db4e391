import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { Documents } from './documents.ts';
import { folders, readDocuments, release } from './files.ts';
import { verdict } from './release.ts';

const root = new URL('../../..', import.meta.url).pathname;
const released = await readDocuments(join(root, folders.released));
const changed = (change: (documents: Documents) => unknown): Documents => {
  const documents = structuredClone(released);
  change(documents);
  return documents;
};
const withoutOrders = changed(
  ({ openApi }) => delete (openApi['gateway'] as { paths: object }).paths['/v1/orders' as never],
);

it('breaks nothing as long as nothing changes', () => {
  expect(
    verdict(
      released,
      changed(() => {}),
    ),
  ).toEqual({ findings: [], withoutNewVersion: [] });
  expect(verdict(undefined, released).findings).toEqual([]);
});

it('a broken contract needs a new version', () => {
  const { findings, withoutNewVersion } = verdict(released, withoutOrders);
  expect(findings.map(({ rule, where }) => [rule, where])).toEqual([
    ['endpoint-removed', 'POST /v1/orders'],
    ['endpoint-removed', 'GET /v1/orders'],
  ]);
  expect(withoutNewVersion).toEqual(['gateway']);
  (withoutOrders.openApi['gateway'] as { info: { version: string } }).info.version = '2';
  expect(verdict(released, withoutOrders)).toMatchObject({ findings, withoutNewVersion: [] });
});

it('the tenth version is higher than the ninth', () => {
  const versioned = (version: string) =>
    changed(({ openApi }) => {
      openApi['gateway'] = { ...openApi['gateway'], info: { version }, paths: {} };
    });
  const ninth = changed(({ openApi }) => Object.assign(openApi['gateway']!, { info: { version: '9' } }));
  expect(verdict(ninth, versioned('10')).withoutNewVersion).toEqual([]);
  expect(verdict(ninth, versioned('09')).withoutNewVersion).toEqual(['gateway']);
});

it('what the gate does not understand is refused before it is released', () => {
  const content = { 'application/json': { schema: { allOf: [] } } };
  const endpoint = { post: { requestBody: { content }, responses: {} } };
  const strange = changed(({ openApi }) =>
    Object.assign((openApi['gateway'] as { paths: object }).paths, { '/v1/new': endpoint }),
  );
  expect(() => verdict(released, strange)).toThrow(
    /POST \/v1\/new, body: the gate does not understand allOf/,
  );
});

it('an API that is gone as a whole is broken, too', () => {
  const { findings } = verdict(
    released,
    changed(({ openApi }) => delete openApi['catalog']),
  );
  expect(findings).toMatchObject([{ rule: 'api-removed', document: 'catalog' }]);
});

it('a release copies the documents, and drops those that are gone', async () => {
  const target = await mkdtemp(join(tmpdir(), 'shop-released-'));
  try {
    await release(join(root, folders.released), target);
    expect(await readDocuments(target)).toEqual(released);
  } finally {
    await rm(target, { recursive: true });
  }
});
