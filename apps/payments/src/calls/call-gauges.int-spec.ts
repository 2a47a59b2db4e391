import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Scrape } from '@shop/testing';
import { RunningPayments, startMs } from '../running-payments.fixture.ts';

describe('metrics of calls to the provider', () => {
  const payments = new RunningPayments();
  beforeAll(() => payments.start(), startMs);
  afterAll(() => payments.stop());

  it('show how many are open at each step, and how old the oldest is', async () => {
    const of = async (what: string, step: string) =>
      (await Scrape.of(payments.service.url)).value(`shop_psp_calls_${what}`, { step });
    expect([await of('open', 'capture'), await of('oldest_seconds', 'capture')]).toEqual([0, 0]);
    await payments.query(
      `INSERT INTO psp_calls (payment_id, step, carrier, due_at, created_at)
       SELECT gen_random_uuid(), 'capture', '{}', now() + interval '1 hour', now() - age * interval '1 minute'
       FROM generate_series(1, 2) AS age`,
    );
    expect(await of('open', 'capture')).toBe(2);
    expect(await of('oldest_seconds', 'capture')).toBeGreaterThanOrEqual(120);
    expect(await of('open', 'refund')).toBe(0);
  });
});
