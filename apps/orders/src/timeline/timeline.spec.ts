import { expect, it } from '@jest/globals';
import type { Database } from '@shop/persistence';
import type { ShutdownSequence } from '@shop/service-kit';
import type { OrdersConfig } from '../orders.config.ts';
import { TimelineFeed } from './timeline-feed.ts';
import { Timeline } from './timeline.ts';

const confirmed = {
  seq: 2,
  at: new Date(0),
  service: 'orders',
  type: 'OrderConfirmed',
  detail: {},
  traceId: '',
};

/** Another replica ends the order between a stream's look at its progress and its look at the entries. */
function databaseThatMovesOn(): Database {
  const progress = [{ state: 'AWAITING_CAPTURE', seq: 1 }];
  const query = async (sql: string, [, after]: number[]) => {
    if (sql.includes('SELECT state')) return [progress.shift() ?? { state: 'CONFIRMED', seq: 2 }];
    if (sql.includes('ANY')) return [{ id: 'order', seq: 2 }];
    return (after ?? 0) < 2 ? [confirmed] : [];
  };
  return { query } as unknown as Database;
}

it('ends a stream soon, not at its next heartbeat, when the last entry came from another replica', async () => {
  const database = databaseThatMovesOn();
  const config = { TIMELINE_STREAMS: 1, TIMELINE_HEARTBEAT_MS: 60_000 } as OrdersConfig;
  const shutdown = { draining: new AbortController().signal } as unknown as ShutdownSequence;
  const timeline = new Timeline(database, new TimelineFeed(database, config, shutdown), config);
  let text = '';
  for await (const event of timeline.stream('order', 0, new AbortController().signal)) text += event;
  expect(text.match(/OrderConfirmed/g)).toHaveLength(1);
});
