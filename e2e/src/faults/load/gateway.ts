import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

export interface Answer {
  status: number;
  body: { id?: string; code?: string; status?: string; total?: { amount: number } };
  retryAfterMs: number | undefined;
  replayed: boolean;
}

export interface Ask {
  method: 'GET' | 'POST';
  path: string;
  token: string;
  key?: string;
  body?: unknown;
}

/** What a client may repeat: it was told to come back, or does not know what became of it. */
const PASSING = new Set([429, 502, 503, 504]);
const PATIENCE_MS = 180_000;
const LONGEST_PAUSE_MS = 3_000;

/** The public API, used as a well-behaved client does. Not the typed client: thousands of requests share one pool of connections. */
export class Gateway {
  readonly #pool: Pool;
  readonly #signal: AbortSignal;
  /** Requests sent again. */
  repeats = 0;

  constructor(url: string, signal: AbortSignal) {
    const patience = { headersTimeout: 20_000, bodyTimeout: 20_000, connectTimeout: 5_000 };
    this.#pool = new Pool(url, { connections: 128, ...patience });
    this.#signal = signal;
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  /** Repeats with the same key, ever more slowly, until there is an answer that will not change. */
  async patiently(ask: Ask): Promise<Answer> {
    const end = performance.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.once(ask).catch((error: unknown) => {
        if (this.#signal.aborted) throw error;
        return undefined;
      });
      if (answer && !isPassing(answer)) return answer;
      if (performance.now() > end)
        throw new Error(
          `${ask.method} ${ask.path} got no answer in ${PATIENCE_MS / 1_000} s: ${answer?.status ?? 'no connection'}`,
        );
      const pauseMs = answer?.retryAfterMs ?? Math.min(100 * 2 ** attempt, LONGEST_PAUSE_MS);
      this.repeats += 1;
      await sleep(pauseMs * (0.75 + Math.random() / 2), undefined, { signal: this.#signal });
    }
  }

  async once({ method, path, token, key, body }: Ask): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const sent = { method, path, headers, signal: this.#signal };
    const response = await this.#pool.request(
      body === undefined ? sent : { ...sent, body: JSON.stringify(body) },
    );
    const text = await response.body.text();
    const retryAfter = Number(response.headers['retry-after']);
    return {
      status: response.statusCode,
      body: jsonOf(text),
      retryAfterMs: retryAfter > 0 ? retryAfter * 1_000 : undefined,
      replayed: response.headers['idempotency-replayed'] === 'true',
    };
  }
}

const isPassing = ({ status, body }: Answer): boolean =>
  PASSING.has(status) || body.code === 'idempotency/in-flight' || body.code === 'order/unknown-product';

function jsonOf(text: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return {};
  }
}
