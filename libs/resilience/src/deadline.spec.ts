import { describe, expect, it, jest } from '@jest/globals';
import { currentDeadline, Deadline, withDeadline } from './deadline.ts';

describe('a deadline', () => {
  it('travels as the time that is left, so that it means the same by every clock', () => {
    const sent = Deadline.in(5_000).toHeader();
    expect(Number(sent)).toBeLessThanOrEqual(5_000);
    jest.spyOn(Date, 'now').mockReturnValue(0);
    expect(Deadline.fromHeader(sent)?.remainingMs()).toBeGreaterThan(4_000);
    jest.restoreAllMocks();
  });

  it.each([undefined, '', 'soon', '-1', '1e15', '1.5', '12345678901234567890'])(
    'is not read from %j',
    (value) => {
      expect(Deadline.fromHeader(value)).toBeUndefined();
    },
  );

  it('is expired when no time remains', () => {
    expect(Deadline.in(-1)).toMatchObject({ expired: true });
    expect(Deadline.in(-1).remainingMs()).toBe(0);
    expect(Deadline.in(-1).toHeader()).toBe('0');
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
