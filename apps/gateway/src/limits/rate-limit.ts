import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyRateLimit, { normalizeIP, type RateLimitPluginOptions } from '@fastify/rate-limit';
import { authProblems, type Caller, Problem, type TokenVerifier } from '@shop/service-kit';
import { meter } from '@shop/tracing';
import type { GatewayConfig } from '../gateway.config.ts';
import { limitProblems } from '../gateway.errors.ts';
import type { SharedStore } from './shared-store.ts';

const key = Symbol('key');
type Keyed = FastifyRequest & { [key]?: string };
const keyGenerator = (request: Keyed) => request[key]!;

/** How many keys; the plugin's own 5,000 would be forgotten by a crowd within a window. */
const remembered = { cache: 100_000 };

type Limiter = FastifyInstance['createRateLimit'];

interface Allowance {
  name: 'customer' | 'address';
  policy: string;
  /** What this replica has counted itself, for as long as the store is away. */
  alone: ReturnType<Limiter>;
  together: ReturnType<Limiter> | undefined;
}
type Verifier = Pick<TokenVerifier, 'verify'>;

/**
 * One allowance for each customer, and one for each address of callers without a valid token, announced with every answer
 * (draft-ietf-httpapi-ratelimit-headers-10). It comes before everything else, so what is malformed or leads nowhere counts, too.
 */
export class RateLimit {
  private readonly limited = meter('gateway').createCounter('shop.http.rate_limited', {
    description: 'Requests refused because an allowance was used up',
    unit: '{request}',
  });

  private constructor(
    private readonly verifier: Verifier,
    private readonly ofCustomer: Allowance,
    private readonly ofAddress: Allowance,
    private readonly store: SharedStore | undefined,
  ) {
    this.limited.add(0);
  }

  static async on(
    fastify: FastifyInstance,
    config: GatewayConfig,
    verifier: Verifier,
    store?: SharedStore,
  ): Promise<RateLimit> {
    const timeWindow = config.RATE_LIMIT_WINDOW_SECONDS * 1_000;
    const alone = await limiterOf(fastify, { timeWindow });
    const together = store && (await limiterOf(fastify, { timeWindow, redis: store.client }));
    const allowance = (name: Allowance['name'], max: number): Allowance => ({
      name,
      policy: `"${name}";q=${max};w=${config.RATE_LIMIT_WINDOW_SECONDS}`,
      alone: alone({ max, keyGenerator, ...remembered }),
      together: together?.({ max, keyGenerator }),
    });
    const customer = allowance('customer', config.RATE_LIMIT);
    const address = allowance('address', config.RATE_LIMIT_ANONYMOUS);
    const limit = new RateLimit(verifier, customer, address, store);
    fastify.addHook('onRequest', limit.onRequest);
    return limit;
  }

  readonly onRequest = async (request: Keyed, reply: FastifyReply): Promise<void> => {
    if (request.routeOptions.config.operational) return;
    const { caller, keyUnknown } = await this.callerOf(request, { onlyKnownKeys: true });
    if (caller) return this.takeOf(this.ofCustomer, caller.id, request, reply);
    // Of an IPv6 address only the network of 64 bits counts, within which a caller has as many as they like.
    await this.takeOf(this.ofAddress, normalizeIP(request.ip), request, reply);
    if (!keyUnknown) return;
    // The provider is asked, and waited for, when that is paid for: else invented keys make any number of requests wait.
    const { caller: found } = await this.callerOf(request);
    if (found) await this.takeOf(this.ofCustomer, found.id, request, reply);
  };

  private async takeOf(
    { name, policy, alone, together }: Allowance,
    id: string,
    request: Keyed,
    reply: FastifyReply,
  ): Promise<void> {
    request[key] = `${name} ${id}`;
    const own = await alone(request);
    const left = (together && (await this.store?.unlessAway(() => together(request)))) ?? own;
    if (left.isAllowed) return;
    reply
      .header('ratelimit-policy', policy)
      .header('ratelimit', `"${name}";r=${left.remaining};t=${left.ttlInSeconds}`);
    if (!left.isExceeded) return;
    this.limited.add(1);
    throw new Problem(limitProblems.limited, undefined, { retryAfterSeconds: left.ttlInSeconds });
  }

  /** A token that is refused is nobody's, so trying many uses up the allowance of the address. */
  private async callerOf(
    { headers }: FastifyRequest,
    how?: Parameters<Verifier['verify']>[1],
  ): Promise<{ caller?: Caller; keyUnknown?: boolean }> {
    const { authorization } = headers;
    if (!authorization || !/^Bearer /i.test(authorization)) return {};
    try {
      return { caller: await this.verifier.verify(authorization.slice('Bearer '.length).trim(), how) };
    } catch (error) {
      return { keyUnknown: error instanceof Problem && error.code === authProblems.keysUnavailable.code };
    }
  }
}

/** The plugin keeps one store, and is registered once more for another. */
async function limiterOf(fastify: FastifyInstance, options: RateLimitPluginOptions): Promise<Limiter> {
  const { promise, resolve } = Promise.withResolvers<Limiter>();
  await fastify.register(async (scope) => {
    await scope.register(fastifyRateLimit, { ...options, global: false });
    resolve((limits) => scope.createRateLimit(limits));
  });
  return promise;
}
