import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answerWith, Endpoint, issued, signingKey } from './provider.fixture.ts';
import { TokenVerifier } from './token-verifier.ts';

type Key = Awaited<ReturnType<typeof signingKey>>;

describe('a service that reads its keys from a provider', () => {
  let now: number;
  let one: Key;
  let two: Key;
  let published: Key[];
  let provider: Endpoint;
  let verifier: TokenVerifier;
  const clock = () => now;
  const graceSeconds = 600;

  beforeEach(async () => {
    now = Date.parse('2030-01-01T00:00:00Z');
    [one, two] = [await signingKey('one', clock), await signingKey('two', clock)];
    published = [one];
    provider = new Endpoint(() => ({ keys: published.map(({ jwk }) => jwk) }));
    const AUTH_JWKS_URL = await provider.start();
    const settings = { ...issued, AUTH_JWKS_URL, AUTH_JWKS_GRACE_SECONDS: graceSeconds };
    verifier = new TokenVerifier(settings, clock, clock);
  });
  afterEach(() => provider.stop());

  const pass = (seconds: number) => void (now += seconds * 1_000);
  /** Each time another token, so that none is remembered. */
  const answer = async (key: Key) => answerTo(await key.token({ jti: String(Math.random()) }));
  const answerTo = (token: string) =>
    verifier.verify(token).then(
      () => 'accepted',
      (problem: { code: string }) => problem.code,
    );

  it('asks for them once, also when many come at the same time', async () => {
    expect(await Promise.all(Array.from({ length: 20 }, () => answer(one)))).toEqual(
      Array.from({ length: 20 }, () => 'accepted'),
    );
    expect(provider.asked).toBe(1);
  });

  it('accepts the first token of a new key while the old key’s are still good', async () => {
    expect(await answer(one)).toBe('accepted');
    pass(1);
    published = [two, one];
    expect([await answer(two), await answer(one)]).toEqual(['accepted', 'accepted']);
    expect(provider.asked).toBe(2);
  });

  it('cannot be made to hammer the provider by invented keys', async () => {
    const invented = await Promise.all(Array.from({ length: 50 }, (_, n) => signingKey(`no-${n}`, clock)));
    expect(await answer(one)).toBe('accepted');
    // Signed beforehand: a token that is signed late would come after the answer, and be asked for again.
    const tokens = await Promise.all(invented.map((key) => key.token()));
    expect(await Promise.all(tokens.map(answerTo))).toEqual(tokens.map(() => 'auth/token-invalid'));
    expect(provider.asked).toBe(2);
    const since = performance.now();
    for (const token of tokens) expect(await answerTo(token)).toBe('auth/token-invalid');
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(provider.asked).toBe(2);
    pass(1);
    expect(await answerTo(tokens[0]!)).toBe('auth/token-invalid');
    expect(provider.asked).toBe(3);
  });

  it('accepts the first token of a new key also a moment after the keys were read: it waits for the rest of the second', async () => {
    expect(await answer(one)).toBe('accepted');
    pass(0.8);
    published = [two, one];
    const since = performance.now();
    expect(await Promise.all([answer(two), answer(two)])).toEqual(['accepted', 'accepted']);
    expect(performance.now() - since).toBeGreaterThan(150);
    expect(provider.asked).toBe(2);
  });

  it('does not refuse a new key because of an answer that was asked for before its token came', async () => {
    const older = Promise.withResolvers<void>();
    const { answering } = provider;
    provider.answering = async (response) => {
      provider.answering = answering;
      const { jwk } = one;
      await older.promise;
      answerWith(response, { keys: [jwk] });
    };
    const first = answer(one);
    await settled(() => provider.asked === 1);
    published = [two, one];
    const second = answer(two);
    await setTimeout(50);
    older.resolve();
    expect(await Promise.all([first, second])).toEqual(['accepted', 'accepted']);
  });

  it('goes on with the keys it knows while the provider is away, for so long and no longer', async () => {
    expect(await answer(one)).toBe('accepted');
    await provider.stop();
    pass(graceSeconds);
    expect(await answer(one)).toBe('accepted');
    pass(1);
    for (const _ of [1, 2]) expect(await answer(one)).toBe('auth/keys-unavailable');
    await provider.start();
    pass(1);
    expect(await answer(one)).toBe('accepted');
  });

  it('cannot say anything about an unknown key while the provider is away, and says when to ask again', async () => {
    expect(await answer(one)).toBe('accepted');
    await provider.stop();
    pass(1);
    const token = await two.token();
    for (const _ of [1, 2])
      await expect(verifier.verify(token)).rejects.toMatchObject({
        code: 'auth/keys-unavailable',
        extra: { retryAfterSeconds: 1 },
      });
  });

  it('does not ask a provider that is away more than once a second', async () => {
    provider.answering = (response) => answerWith(response, {}, 500);
    for (let n = 0; n < 20; n++) expect(await answer(one)).toBe('auth/keys-unavailable');
    expect(provider.asked).toBe(1);
  });

  it('makes one wait for a provider that hangs, and all others go on: with a known key, or with a refusal', async () => {
    expect(await answer(one)).toBe('accepted');
    provider.answering = () => undefined;
    pass(1);
    expect(await answer(two)).toBe('auth/keys-unavailable');
    pass(1);
    const waits = answer(two);
    await settled(() => provider.asked === 3);
    const since = performance.now();
    for (let n = 0; n < 20; n++) expect(await answer(two)).toBe('auth/keys-unavailable');
    expect(await answer(one)).toBe('accepted');
    expect(performance.now() - since).toBeLessThan(2_000);
    expect(await waits).toBe('auth/keys-unavailable');
  });

  it('asks a provider that goes on failing less and less often, down to twice a minute', async () => {
    expect(await answer(one)).toBe('accepted');
    provider.answering = (response) => answerWith(response, {}, 500);
    const askedAt: number[] = [];
    for (let second = 1; second <= 40; second++) {
      pass(1);
      const before = provider.asked;
      expect(await answer(two)).toBe('auth/keys-unavailable');
      if (provider.asked > before) askedAt.push(second);
    }
    expect(askedAt).toEqual([1, 2, 4, 8, 16, 32]);
    pass(21);
    await answer(two);
    await setTimeout(50);
    expect(provider.asked).toBe(7);
    pass(1);
    await answer(two);
    await settled(() => provider.asked > 7);
    expect(provider.asked).toBe(8);
  });

  it('leaves no connection open for what else a provider says that fails', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<string>();
    provider.answering = (response) =>
      void response
        .on('close', () => resolve('closed'))
        .writeHead(500)
        .write('and so on');
    expect(await answer(one)).toBe('auth/keys-unavailable');
    expect(await Promise.race([closed, setTimeout(1_000, 'open', { ref: false })])).toBe('closed');
  });

  it.each([
    ['an error', 500, { keys: [] }],
    ['no keys', 200, { hello: 'world' }],
  ])('keeps what it knows when it is answered with %s', async (_, status, body) => {
    expect(await answer(one)).toBe('accepted');
    provider.answering = (response) => answerWith(response, body, status);
    pass(61);
    expect([await answer(one), await answer(one)]).toEqual(['accepted', 'accepted']);
  });

  it('forgets a key that is withdrawn: a minute after it reads the keys again, at the latest', async () => {
    const token = await one.token();
    await verifier.verify(token);
    published = [two];
    // The remembered token ends, and so does the time for which the keys count as fresh.
    pass(61);
    await verifier.verify(token);
    await settled(() => provider.asked === 2);
    expect(await answer(one)).toBe('auth/token-invalid');
    await expect(verifier.verify(token)).resolves.toMatchObject({ id: 'alice' });
    pass(60);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'auth/token-invalid' });
  });
});

async function settled(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition() && tries < 400; tries++) await setTimeout(5);
  await setTimeout(50);
}
