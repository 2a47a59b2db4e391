import { afterAll, afterEach, beforeAll, describe, expect, jest } from '@jest/globals';
import { logger } from '@shop/tracing';
import { eventually } from '@shop/testing';
import { pino } from 'pino';
import { RunningGateway } from '../running-gateway.fixture.ts';
import { json } from '../stand-in.fixture.ts';
import { freePort, RedisServer, withRedis } from './redis-server.fixture.ts';

describe('a limit that replicas share in redis-server', () => {
  const redis = new RedisServer();
  const replicas: RunningGateway[] = [];
  const lines: string[] = [];
  beforeAll(() => {
    const stream = (logger('limits') as unknown as Record<symbol, { write(line: string): boolean }>)[
      pino.symbols.streamSym
    ]!;
    jest.spyOn(stream, 'write').mockImplementation((line) => lines.push(line) > 0);
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
    await redis.stop();
    lines.length = 0;
  });
  afterAll(() => void jest.restoreAllMocks());

  async function replica(): Promise<RunningGateway> {
    const gateway = await new RunningGateway().start({
      RATE_LIMIT_ANONYMOUS: '2',
      RATE_LIMIT_WINDOW_SECONDS: '60',
      RATE_LIMIT_STORE: redis.url,
    });
    gateway.catalog.answering = (_, response) => json(response, 200, { items: [] });
    replicas.push(gateway);
    return gateway;
  }
  const ask = async (gateway: RunningGateway) => (await gateway.fetch('/v1/categories')).status;
  const told = () => lines.filter((line) => line.includes('"name":"limits"'));

  withRedis('is used up together', async () => {
    await redis.start();
    const [one, other] = [await replica(), await replica()];
    expect([await ask(one), await ask(other)]).toEqual([200, 200]);
    expect([await ask(one), await ask(other)]).toEqual([429, 429]);
    expect(told()).toEqual([]);
  });

  withRedis(
    'lets everybody pass while the store is away, says so once, and counts again when it is back',
    async () => {
      await redis.start();
      const gateway = await replica();
      await ask(gateway);
      await redis.stop();
      for (let request = 0; request < 5; request++) expect(await ask(gateway)).toBe(200);
      expect(told()).toHaveLength(1);
      expect(told()[0]).toContain('is away');
      await redis.start();
      await eventually(async () => expect(await ask(gateway)).toBe(429));
      expect(told()).toHaveLength(2);
      expect(told()[1]).toContain('is back');
    },
  );

  withRedis('does not keep a gateway from starting', async () => {
    redis.port = await freePort();
    const gateway = await replica();
    expect(await ask(gateway)).toBe(200);
    await redis.start();
    await eventually(async () => expect(await ask(gateway)).toBe(429));
  });
});
