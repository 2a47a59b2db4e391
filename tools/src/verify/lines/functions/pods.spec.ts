import { expect, it } from '@jest/globals';
import { startsIn } from './pods.ts';

it('finds in the logs of several pods which was the first to handle a message', () => {
  const line = (time: string, startup_ms: number) =>
    JSON.stringify({ time, startup_ms, msg: 'the first message is handled' });
  const logs = [
    line('2030-01-01T00:00:09Z', 2_100),
    '{"msg":"ready"}',
    line('2030-01-01T00:00:04Z', 1_900),
    '',
  ];
  expect(startsIn(logs.join('\n')).map(({ ms }) => ms)).toEqual([1_900, 2_100]);
});
