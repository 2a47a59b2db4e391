import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  addSigningKey,
  loadKey,
  longestTokenLife,
  newestKey,
  publishedKeys,
  rotateKeys,
  signingKeys,
} from './signing-keys.ts';

const start = Date.parse('2030-01-01T00:00:00Z');
const hours = (count: number) => start + count * 3_600_000;

describe('the signing keys of a folder', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'keys-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const since = (keys: { since: number }[]) => keys.map((key) => (key.since - start) / 3_600_000);

  it('begin with one that is made on first use, and found again', () => {
    const first = newestKey(folder);
    expect(newestKey(folder)).toEqual(first);
    expect(loadKey(first).kid).toBe(loadKey(newestKey(folder)).kid);
  });

  it('are listed newest first; what else lies there is none', () => {
    for (const at of [hours(2), hours(1), hours(3)]) addSigningKey(folder, at);
    writeFileSync(join(folder, 'issuer'), 'x');
    writeFileSync(join(folder, 'signing-1.pem.77'), 'x');
    expect(since(signingKeys(folder))).toEqual([3, 2, 1]);
  });

  it('are published until the last token of theirs has expired, counted from their successor', () => {
    for (const at of [hours(0), hours(1), hours(20)]) addSigningKey(folder, at);
    const published = (now: number) => since(publishedKeys(signingKeys(folder), now));
    expect(published(hours(12.9))).toEqual([20, 1, 0]);
    expect(published(hours(13.1))).toEqual([20, 1]);
    expect(published(hours(20 + longestTokenLife / 3_600))).toEqual([20, 1]);
    expect(published(hours(33))).toEqual([20]);
  });

  it('keep the newest, however old it is', () => {
    addSigningKey(folder, hours(0));
    expect(since(publishedKeys(signingKeys(folder), hours(10_000)))).toEqual([0]);
  });

  it('change by a rotation, which removes those that are of no use any more', () => {
    for (const at of [hours(0), hours(1), hours(20)]) addSigningKey(folder, at);
    const { signing, published, removed } = rotateKeys(folder, hours(21));
    expect(since([signing, ...published])).toEqual([21, 20, 1]);
    expect(removed).toBe(1);
    expect(readdirSync(folder)).toHaveLength(3);
  });
});
