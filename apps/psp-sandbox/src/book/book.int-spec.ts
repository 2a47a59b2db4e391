import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../sandbox.fixture.ts';
import type { BookEntry } from './payment.ts';

describe('the book of the sandbox', () => {
  let folder: string;
  let sandbox: Sandbox;

  const page = async (query: string) => {
    const response = await fetch(`${sandbox.url}/v1/payments?${query}`);
    return {
      status: response.status,
      ...((await response.json()) as { items: BookEntry[]; nextCursor: string | null }),
    };
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'psp-book-'));
    sandbox = await startSandbox({ PSP_DATA: folder });
  });
  afterEach(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  it('is read page by page, oldest first', async () => {
    for (const key of ['a', 'b', 'c']) await sandbox.authorise('tok_ok', key);
    const first = await page('limit=2');
    const second = await page(`limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map((entry) => entry.idempotencyKeys)).toEqual([
      ['a'],
      ['b'],
      ['c'],
    ]);
    expect(second.nextCursor).toBeNull();
    expect((await page('cursor=forged')).status).toBe(400);
  });

  it('shows exactly what the contract says', async () => {
    await sandbox.authorise('tok_ok', 'a');
    expect((await page('')).items).toEqual([
      {
        id: expect.any(String),
        reference: 'order of a',
        idempotencyKeys: ['a'],
        amount: { amount: 1999, currency: 'EUR' },
        state: 'authorised',
        authorisedAt: expect.any(String),
        capturedAt: null,
        refundedAt: null,
      },
    ]);
  });

  it('outlives a restart, also one in the middle of a write', async () => {
    const { body } = await sandbox.authorise('tok_ok', 'a');
    await sandbox.post(`/v1/payments/${body.id}/capture`, 'b');
    await sandbox.call('POST', '/v1/payments/by-key/dead/cancel');
    const before = await page('');
    await sandbox.close();
    await appendFile(join(folder, 'book.jsonl'), '{"payment":{"id":"torn');

    sandbox = await startSandbox({ PSP_DATA: folder });
    expect(await page('')).toEqual(before);
    expect((await sandbox.authorise('tok_ok', 'dead')).status).toBe(409);
    await sandbox.authorise('tok_ok', 'c');
    await sandbox.close();

    sandbox = await startSandbox({ PSP_DATA: folder });
    expect((await page('')).items).toHaveLength(2);
  });
});
