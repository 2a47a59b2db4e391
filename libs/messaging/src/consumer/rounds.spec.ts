import { describe, expect, it } from '@jest/globals';
import { dueAt, roundOf } from './rounds.ts';

const headers = { 'retry-attempt': '2', 'retry-not-before': '5000' };

describe('a round through the retry topic', () => {
  it('is counted and waited for on the retry topic', () => {
    const message = { topic: 'a.group.retry', headers, timestamp: 4_000 };
    expect([roundOf(message), dueAt(message, 30_000)]).toEqual([2, 5_000]);
  });

  it('means nothing on any other topic, whoever wrote the headers', () => {
    const message = { topic: 'a', headers, timestamp: 4_000 };
    expect([roundOf(message), dueAt(message, 30_000)]).toEqual([0, 0]);
  });

  it('never waits longer than the longest delay', () => {
    const message = {
      topic: 'a.group.retry',
      headers: { 'retry-not-before': '999999999' },
      timestamp: 4_000,
    };
    expect(dueAt(message, 30_000)).toBe(34_000);
  });
});
