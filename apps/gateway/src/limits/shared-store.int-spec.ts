import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, jest } from '@jest/globals';
import { logger } from '@shop/tracing';
import { eventually, TcpProxy, freePort } from '@shop/testing';
import { pino } from 'pino';
import { RunningGateway } from '../running-gateway.fixture.ts';
import { json } from '../stand-in.fixture.ts';
import { RedisServer, withRedis } from './redis-server.fixture.ts';

describe('a limit that replicas share in redis-server', () => {
  const redis = new RedisServer();
  const replicas: RunningGateway[] = [];
  const proxies: TcpProxy[] = [];
  const lines: string[] = [];
  beforeAll(() => {
    const stream = (logger('limits') as unknown as Record<symbol, { write(line: string): boolean }>)[
      pino.symbols.streamSym
    ]!;
    jest.spyOn(stream, 'write').mockImplementation((line) => lines.push(line) > 0);
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
    await redis.stop();
    lines.length = 0;
  });
  afterAll(() => void jest.restoreAllMocks());

  /** It waits for the store even on a machine that stalls, unless a test is about answers that are late. */
  async function replica(url = redis.url, timeoutMs = 5_000): Promise<RunningGateway> {
    const gateway = await new RunningGateway().start({
      RATE_LIMIT_ANONYMOUS: '2',
      RATE_LIMIT_WINDOW_SECONDS: '60',
      RATE_LIMIT_STORE: url,
      RATE_LIMIT_STORE_TIMEOUT_MS: String(timeoutMs),
    });
    gateway.catalog.answering = (_, response) => json(response, 200, { items: [] });
    replicas.push(gateway);
    return gateway;
  }
  const ask = async (gateway: RunningGateway) => (await gateway.fetch('/v1/categories')).status;
  const five = async (gateway: RunningGateway) => {
    const statuses: number[] = [];
    for (let request = 0; request < 5; request++) statuses.push(await ask(gateway));
    return statuses;
  };
  /** A replica whose way to the store takes longer than it waits; both in milliseconds. */
  async function behindProxy(latency: number, timeoutMs: number) {
    await redis.start();
    const proxy = await TcpProxy.before(redis.port);
    proxies.push(proxy);
    const gateway = await replica(`redis://127.0.0.1:${proxy.port}`, timeoutMs);
    proxy.slow(latency);
    return { gateway, proxy };
  }
  const told = () => lines.filter((line) => line.includes('"name":"limits"'));

  withRedis('is used up together', async () => {
    await redis.start();
    const [one, other] = [await replica(), await replica()];
    expect([await ask(one), await ask(other)]).toEqual([200, 200]);
    expect([await ask(one), await ask(other)]).toEqual([429, 429]);
    expect(told()).toEqual([]);
  });

  withRedis(
    'is everybody’s own while the store is away, which is said once, and shared again when it is back',
    async () => {
      await redis.start();
      const gateway = await replica();
      await ask(gateway);
      await redis.stop();
      expect(await five(gateway)).toEqual([200, 429, 429, 429, 429]);
      expect(told()).toHaveLength(1);
      expect(told()[0]).toContain('is away');
      await redis.start();
      // It forgot what it had counted.
      await eventually(async () => expect(await ask(gateway)).toBe(200));
      await eventually(async () => expect(await ask(gateway)).toBe(429));
      expect(told()).toHaveLength(2);
      expect(told()[1]).toContain('is back');
    },
  );

  withRedis('is not switched off by a store that is slow, for example because of the flood', async () => {
    const { gateway } = await behindProxy(300, 100);
    expect(await five(gateway)).toEqual([200, 200, 429, 429, 429]);
    expect(told()).toHaveLength(1);
  });

  withRedis('is shared again at once after one answer that is late', async () => {
    const { gateway, proxy } = await behindProxy(3_000, 1_000);
    expect([await ask(await replica()), await ask(gateway)]).toEqual([200, 200]);
    proxy.slow(0);
    // What was late has arrived.
    await setTimeout(4_000);
    expect(await ask(gateway)).toBe(429);
    expect(told()).toEqual([]);
  });

  withRedis('does not keep a gateway from starting', async () => {
    redis.port = await freePort();
    const gateway = await replica();
    expect(await ask(gateway)).toBe(200);
    await redis.start();
    await eventually(async () => {
      await ask(gateway);
      expect(told().at(-1)).toContain('is back');
    });
    await eventually(async () => expect(await ask(gateway)).toBe(429));
  });
});
