import { setTimeout as pause } from 'node:timers/promises';
import type { ProblemDetails } from '@shop/contracts';

const ATTEMPTS = 8;
/** A gateway that has never answered is more likely misspelt than busy. */
const FIRST_ATTEMPTS = 3;
const PATIENCE_MS = 30_000;
const LONGEST_PAUSE_MS = 10_000;

/** The gateway refused a request, or could not be reached. */
export class AdminApiError extends Error {
  readonly problem: Partial<ProblemDetails>;

  constructor(message: string, problem: Partial<ProblemDetails> = {}, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}

/** Asks as an administrator: posts what it is given, else gets. Only for requests that may be repeated: a gateway that is busy or away is asked again. */
export function adminApi(gatewayUrl: string, token: string) {
  let answered = false;
  return async <T>(path: string, body?: unknown): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      const response = await request(`${gatewayUrl}${path}`, token, body);
      answered ||= response instanceof Response;
      if (response instanceof Response && response.ok) return (await response.json()) as T;
      const worthwhile = !(response instanceof Response) || response.status === 429 || response.status >= 502;
      if (!worthwhile || attempt === (answered ? ATTEMPTS : FIRST_ATTEMPTS))
        throw await failure(path, response);
      await pause(retryAfterMs(response) ?? Math.random() * Math.min(LONGEST_PAUSE_MS, 250 * 2 ** attempt));
    }
  };
}

const request = (url: string, token: string, body: unknown): Promise<Response | Error> =>
  fetch(url, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((error: Error) => error);

function retryAfterMs(response: Response | Error): number | undefined {
  const value = response instanceof Response ? response.headers.get('retry-after') : null;
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

async function failure(path: string, response: Response | Error): Promise<AdminApiError> {
  if (!(response instanceof Response))
    return new AdminApiError(`the gateway does not answer: ${reason(response)}`, {}, { cause: response });
  const problem = (await response.json().catch(() => ({}))) as Partial<ProblemDetails>;
  return new AdminApiError(
    `${path} answered ${response.status} ${problem.code ?? ''}: ${problem.detail ?? response.statusText}`,
    problem,
  );
}

const reason = (error: Error): string =>
  error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
