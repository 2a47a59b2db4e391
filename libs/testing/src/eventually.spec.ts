import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';

describe('eventually', () => {
  it('answers what the probe returns once it stops throwing', async () => {
    let calls = 0;
    const probe = () => {
      calls += 1;
      if (calls < 3) throw new Error('not yet');
      return calls;
    };
    expect(await eventually(probe, { everyMs: 1 })).toBe(3);
  });

  it('gives up after its time with the last failure as the cause', async () => {
    const failure = new Error('still empty');
    const given = eventually(() => Promise.reject(failure), {
      timeoutMs: 20,
      everyMs: 1,
      message: 'no order came',
    });
    await expect(given).rejects.toMatchObject({
      message: 'no order came within 20 ms: still empty',
      cause: failure,
    });
  });
});
