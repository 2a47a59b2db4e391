import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { v7 } from 'uuid';
import { Inbox } from './inbox.ts';
import { vocabulary, type World, world } from './messaging.fixture.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const idFrom = (daysAgo: number) => v7({ msecs: Date.now() - daysAgo * DAY_MS });

describe('the inbox', () => {
  let stage: World;
  beforeAll(async () => void (stage = await world(vocabulary(), { partitions: 1 })));
  afterAll(() => stage[Symbol.asyncDispose]());

  it('answers which messages are new to a consumer, and keeps consumers apart', async () => {
    const [one, two] = [new Inbox(stage.database, 'one'), new Inbox(stage.database, 'two')];
    const [a, b] = [newId(), newId()];
    const claim = (inbox: Inbox, ids: string[]) => stage.transactions.run((tx) => inbox.claim(tx, ids));
    expect(await claim(one, [a, a])).toEqual(new Set([a]));
    expect(await claim(one, [a, b])).toEqual(new Set([b]));
    expect(await claim(two, [a])).toEqual(new Set([a]));
  });

  it('forgets, in small batches, what was seen longer ago than it keeps, also when an old message was seen lately', async () => {
    const inbox = new Inbox(stage.database, 'pruned');
    const old = Array.from({ length: 5 }, () => idFrom(9));
    const replayed = idFrom(9);
    const young = idFrom(1);
    await stage.database.query(
      `INSERT INTO inbox (consumer, message_id, seen_at)
       SELECT 'pruned', unnest($1::uuid[]), now() - interval '8 days' UNION ALL SELECT 'pruned', unnest($2::uuid[]), now()`,
      [old, [replayed, young]],
    );
    expect([await inbox.prune(7, 3), await inbox.prune(7, 3), await inbox.prune(7, 3)]).toEqual([3, 2, 0]);
    const left = await stage.database.query<{ id: string }>(
      "SELECT message_id AS id FROM inbox WHERE consumer = 'pruned'",
    );
    expect(left.map(({ id }) => id).sort()).toEqual([replayed, young].sort());
  });
});
