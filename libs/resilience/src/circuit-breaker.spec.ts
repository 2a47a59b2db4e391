import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { circuitBreaker, CircuitOpenError } from './circuit-breaker.ts';

const fine = () => Promise.resolve('fine');
const broken = () => Promise.reject(new Error('broken'));
const hanging = () => new Promise<never>(() => undefined);

describe('a circuit breaker', () => {
  let now: number;
  let breaker: ReturnType<typeof circuitBreaker>;
  const times = async (count: number, work: () => Promise<unknown>) => {
    for (let i = 0; i < count; i++) await breaker(work).catch(() => undefined);
  };

  beforeEach(() => {
    now = 0;
    breaker = circuitBreaker({ name: 'test', minimumCalls: 10, openMs: 1_000, now: () => now });
  });

  it('opens when half of the calls fail, and then refuses without calling', async () => {
    await times(5, fine);
    await times(5, broken);
    const work = jest.fn(fine);
    await expect(breaker(work)).rejects.toThrow(CircuitOpenError);
    expect(work).not.toHaveBeenCalled();
    expect(breaker.state()).toBe('open');
  });

  it('stays closed below the rate, and while there are too few calls to judge by', async () => {
    await times(9, broken);
    expect(breaker.state()).toBe('closed');
    now = 20_000;
    await times(11, fine);
    await times(9, broken);
    expect(breaker.state()).toBe('closed');
  });

  it('forgets failures that are older than its window', async () => {
    await times(9, broken);
    now = 15_000;
    await times(9, broken);
    expect(breaker.state()).toBe('closed');
  });

  it('closes with the first probe that succeeds', async () => {
    await times(10, broken);
    now = 1_000;
    expect(breaker.state()).toBe('half-open');
    await expect(breaker(fine)).resolves.toBe('fine');
    expect(breaker.state()).toBe('closed');
  });

  it('opens again when the probe fails', async () => {
    await times(10, broken);
    now = 1_000;
    await expect(breaker(broken)).rejects.toThrow('broken');
    await expect(breaker(fine)).rejects.toThrow(CircuitOpenError);
  });

  it('refuses the others while a probe is under way, and lets the next one probe if it hangs', async () => {
    await times(10, broken);
    now = 1_000;
    void breaker(hanging);
    await expect(breaker(fine)).rejects.toThrow(CircuitOpenError);
    now = 2_000;
    await expect(breaker(fine)).resolves.toBe('fine');
  });

  it('counts an error that is not the dependency’s fault neither way', async () => {
    breaker = circuitBreaker({ name: 'test', minimumCalls: 2, isFailure: () => false, now: () => now });
    await times(50, broken);
    expect(breaker.state()).toBe('closed');
  });
});
