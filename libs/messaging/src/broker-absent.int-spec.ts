import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, freePort } from '@shop/testing';
import {
  outboxDepth,
  publish,
  recorders,
  type Replica,
  vocabulary,
  type World,
  world,
} from './messaging.fixture.ts';

const words = vocabulary();

describe('a service without a broker', () => {
  let stage: World;
  let replica: Replica;
  beforeAll(async () => {
    stage = await world(words);
    replica = await stage.replica({
      consumers: [recorders(words).Single],
      brokers: [`127.0.0.1:${await freePort()}`],
    });
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('lives and keeps what is published, but is not ready', async () => {
    await publish(replica, words.Counted, { key: 'a', n: 1 });
    expect(await outboxDepth(stage.database)).toBe(1);
    expect((await fetch(`${replica.service.url}/health/live`)).status).toBe(200);
    const response = await fetch(`${replica.service.url}/health/ready`);
    expect(response.status).toBe(503);
    const report = await response.text();
    expect(report).toContain('the consumer group is not joined yet');
    expect(report).toContain('the relay has not reached broker and database yet');
  });

  it('stops within seconds', async () => {
    const started = performance.now();
    await replica[Symbol.asyncDispose]();
    expect(performance.now() - started).toBeLessThan(10_000);
    await eventually(async () => expect(await outboxDepth(stage.database)).toBe(1));
  });
});
