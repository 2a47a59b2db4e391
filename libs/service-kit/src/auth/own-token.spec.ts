import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OwnToken } from './own-token.ts';
import { answerWith, Endpoint } from './provider.fixture.ts';

describe('a service’s own token', () => {
  let now: number;
  let given: number;
  let provider: Endpoint;
  let own: OwnToken;

  beforeEach(async () => {
    [now, given] = [0, 0];
    provider = new Endpoint(() => ({ access_token: `t${++given}`, expires_in: 600 }));
    own = new OwnToken(
      {
        AUTH_TOKEN_URL: await provider.start(),
        AUTH_CLIENT_ID: 'gateway',
        AUTH_CLIENT_SECRET: 'a secret: 100 %',
      },
      () => now,
    );
  });
  afterEach(() => provider.stop());
  const pass = (seconds: number) => void (now += seconds * 1_000);

  it('is asked for once, by all who need it at the same time, and kept', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => own.authorization()));
    expect(new Set(all)).toEqual(new Set(['Bearer t1']));
    pass(400);
    expect(await own.authorization()).toBe('Bearer t1');
    expect(provider.asked).toBe(1);
  });

  it('is asked for with the secret where OAuth wants it, and for the scope of services', async () => {
    const { promise, resolve } = Promise.withResolvers<[string | undefined, string]>();
    provider.answering = async (response, request: IncomingMessage) => {
      resolve([request.headers.authorization, await text(request)]);
      answerWith(response, { access_token: 't' });
    };
    await own.authorization();
    const [authorization, body] = await promise;
    expect(Buffer.from(authorization!.replace('Basic ', ''), 'base64').toString()).toBe(
      'gateway:a%20secret%3A%20100%20%25',
    );
    expect(body).toBe('grant_type=client_credentials&scope=service');
  });

  it('is replaced before it expires, and nobody waits for that', async () => {
    await own.authorization();
    pass(450);
    expect(await own.authorization()).toBe('Bearer t1');
    await answered(2);
    expect(await own.authorization()).toBe('Bearer t2');
  });

  it('is used up to its end while the provider is away; then there is none, until the provider is back', async () => {
    await own.authorization();
    await provider.stop();
    pass(594);
    expect(await own.authorization()).toBe('Bearer t1');
    pass(1);
    await failed();
    expect(await own.authorization()).toBeUndefined();
    await provider.start();
    pass(1);
    await own.authorization();
    await answered(2);
    expect(await own.authorization()).toBe('Bearer t2');
  });

  it('is not waited for while the provider hangs, nor asked for more than once a second', async () => {
    provider.answering = (response) => answerWith(response, {}, 503);
    expect(await own.authorization()).toBeUndefined();
    provider.answering = () => undefined;
    pass(1);
    const since = performance.now();
    for (let n = 0; n < 20; n++) expect(await own.authorization()).toBeUndefined();
    expect(performance.now() - since).toBeLessThan(1_800);
    await answered(2);
    expect(provider.asked).toBe(2);
  });

  it('that is denied leaves no connection open for what else the provider says', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<string>();
    provider.answering = (response) =>
      void response
        .on('close', () => resolve('closed'))
        .writeHead(503)
        .write('and so on');
    expect(await own.authorization()).toBeUndefined();
    expect(await Promise.race([closed, setTimeout(1_000, 'open', { ref: false })])).toBe('closed');
  });

  it('that was refused is not used again', async () => {
    const first = await own.authorization();
    own.refused(first!);
    expect(await own.authorization()).toBe('Bearer t2');
    own.refused(first!);
    expect(await own.authorization()).toBe('Bearer t2');
  });

  it('is asked for once a second when each is refused', async () => {
    const refuse = async () => {
      const authorization = await own.authorization();
      if (authorization) own.refused(authorization);
    };
    for (let n = 0; n < 20; n++) await refuse();
    expect(provider.asked).toBe(2);
    pass(1);
    for (let n = 0; n < 20; n++) await refuse();
    expect(provider.asked).toBe(3);
    pass(1);
    expect(await own.authorization()).toBe('Bearer t4');
  });

  it('of a provider that names no lifetime is kept for a minute', async () => {
    provider.answering = (response) => answerWith(response, { access_token: `t${++given}` });
    await own.authorization();
    pass(54);
    expect(await own.authorization()).toBe('Bearer t1');
    pass(2);
    expect(await own.authorization()).toBe('Bearer t2');
  });

  /** Until so many questions have been answered. */
  async function answered(count: number): Promise<void> {
    for (let tries = 0; provider.asked < count && tries < 400; tries++) await setTimeout(5);
    await setTimeout(50);
  }
  /** Until an attempt has failed in the background. */
  const failed = async () => {
    await own.authorization();
    await setTimeout(50);
  };
});
