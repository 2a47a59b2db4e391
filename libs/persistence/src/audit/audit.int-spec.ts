import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditRecord } from '@shop/contracts';
import { shopDatabase } from '../shop-database.fixture.ts';
import type { Tx } from '../tx.ts';
import { Audit } from './audit.ts';
import { CreateAuditRecords1700000002000 } from './create-audit-records.ts';

const admin = { by: 'ada', action: 'rename' };
const renaming = (subject: string) => ({ subject, before: { name: 'a' }, after: { name: 'b' } });

describe('the record of what administrators did', () => {
  let shop: Awaited<ReturnType<typeof shopDatabase>>;
  let audit: Audit;
  const records = async () => (await audit.page({ limit: 100 })).items;
  const effects = async () => (await shop.database.query('SELECT id FROM effects')).length;
  const effect = (tx: Tx) => tx.query('INSERT INTO effects DEFAULT VALUES');

  beforeAll(async () => {
    shop = await shopDatabase([CreateAuditRecords1700000002000]);
    await shop.database.query('CREATE TABLE effects (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)');
    audit = new Audit(shop.database);
  });
  beforeEach(() => shop.database.query('TRUNCATE effects, audit_records'));
  afterAll(() => shop[Symbol.asyncDispose]());

  it('says who, what, to what, when by the database’s clock, and how it was before and after', async () => {
    await shop.transactions.run(async (tx) => {
      audit.record(tx, admin, [renaming('x'), { subject: 'y', before: null, after: { name: 'b' } }]);
    });
    const [{ now }] = (await shop.database.query<{ now: Date }>('SELECT now()')) as [{ now: Date }];
    const [y, x] = (await records()) as [AuditRecord, AuditRecord];
    expect(x).toEqual({ ...renaming('x'), id: x.id, at: x.at, actor: 'ada', action: 'rename', traceId: '' });
    expect(y).toMatchObject({ subject: 'y', before: null, after: { name: 'b' } });
    expect(Math.abs(now.getTime() - Date.parse(x.at))).toBeLessThan(5_000);
  });

  it('is not written when the deed is taken back', async () => {
    const failing = shop.transactions.run(async (tx) => {
      await effect(tx);
      audit.record(tx, admin, [renaming('x')]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect([await effects(), await records()]).toEqual([0, []]);
  });

  it('takes the deed back when it cannot be written', async () => {
    const unwritable = { ...renaming('x'), subject: null as never };
    const failing = shop.transactions.run(async (tx) => {
      await effect(tx);
      audit.record(tx, admin, [unwritable]);
    });
    await expect(failing).rejects.toThrow('subject');
    expect([await effects(), await records()]).toEqual([0, []]);
  });

  it('is read page by page, newest first, of one subject or of all', async () => {
    for (const subject of ['x', 'y', 'x', 'x'])
      await shop.transactions.run(async (tx) => audit.record(tx, admin, [renaming(subject)]));
    const all = (await records()).map(({ id }) => id);
    expect(all).toEqual(all.toSorted().toReversed());
    const first = await audit.page({ subject: 'x', limit: 2 });
    const second = await audit.page({ subject: 'x', limit: 2, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map(({ subject }) => subject)).toEqual(['x', 'x', 'x']);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(3);
    expect(second.nextCursor).toBeNull();
  });
});
