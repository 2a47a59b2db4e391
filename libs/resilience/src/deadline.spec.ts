import { describe, expect, it } from '@jest/globals';
import { currentDeadline, Deadline, withDeadline } from './deadline.ts';

describe('a deadline', () => {
  it('travels as milliseconds since the epoch, less what the hop keeps back', () => {
    const deadline = Deadline.at(1_700_000_000_000);
    expect(Deadline.fromHeader(deadline.toHeader(25))).toEqual(Deadline.at(1_699_999_999_975));
  });

  it.each([undefined, '', 'soon', '-1', '1e15', '12345678901234567890'])('is not read from %j', (value) => {
    expect(Deadline.fromHeader(value)).toBeUndefined();
  });

  it('is expired when no time remains', () => {
    expect(Deadline.at(Date.now() - 1)).toMatchObject({ expired: true });
    expect(Deadline.at(Date.now() - 1).remainingMs()).toBe(0);
    expect(Deadline.in(10_000)).toMatchObject({ expired: false });
  });

  it('holds for everything inside, also after an await', async () => {
    const deadline = Deadline.in(1_000);
    await withDeadline(deadline, async () => {
      await Promise.resolve();
      expect(currentDeadline()).toBe(deadline);
    });
    expect(currentDeadline()).toBeUndefined();
  });

  it('cannot be extended by a callee', () => {
    const near = Deadline.in(100);
    withDeadline(near, () => withDeadline(Deadline.in(60_000), () => expect(currentDeadline()).toBe(near)));
  });
});
