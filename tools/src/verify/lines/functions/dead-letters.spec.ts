import { expect, it } from '@jest/globals';
import { lettersIn } from './dead-letters.ts';

it('reads dead letters as the consumer of Kafka prints them, without those that were given up', () => {
  const headers =
    'ce_id:e1,dead-reason:timeout,dead-error:took longer than 1 ms,dead-attempts:12,dead-key:o1';
  expect(lettersIn(`${headers}\tgroup/topic/0/7\nNO_HEADERS\tgroup/topic/0/8\n`)).toEqual([
    { id: 'group/topic/0/7', key: 'o1', reason: 'timeout', attempts: 12 },
  ]);
});
