import fc from 'fast-check';
import { AnswerCheck } from './answer.ts';
import { type Document, type Operation, operationsOf } from './document.ts';
import { type Request, requestsTo } from './request.ts';
import { send, type Target } from './send.ts';
import type { Known } from './valid.ts';

/** What one endpoint was asked, and what it answered. */
export interface Row {
  endpoint: string;
  requests: number;
  statuses: Map<number, number>;
}

/** The least request that still shows what is wrong. */
export interface Failure {
  endpoint: string;
  faults: string[];
  request: Request;
}

export interface Result {
  rows: Row[];
  failures: Failure[];
}

export interface Wanted {
  requests: number;
  seed: number;
  /** Only operations whose id contains this. */
  only?: string;
}

export async function documentOf(baseUrl: string): Promise<Document> {
  return (await (await fetch(`${baseUrl}/openapi.json`)).json()) as Document;
}

/** Sends requests to every endpoint of the document, all endpoints at once and one request after the other to each. */
export async function fuzz(
  target: Target,
  document: Document,
  known: Known,
  { requests, seed, only = '' }: Wanted,
  sent: () => void = () => {},
): Promise<Result> {
  const operations = operationsOf(document).filter(({ operationId }) => operationId.includes(only));
  const numRuns = Math.ceil(requests / operations.length);
  const check = new AnswerCheck(document);
  const results = await Promise.all(
    operations.map((operation, index) => {
      const examine = examiner(target, operation, check, known, sent);
      return fuzzOne(examine, requestsTo(operation, document, known), { numRuns, seed: seed + index });
    }),
  );
  return { rows: results.map(({ row }) => row), failures: results.flatMap(({ failure }) => failure ?? []) };
}

interface Examiner {
  row: Row;
  faultsOf(request: Request): Promise<string[]>;
}

function examiner(
  target: Target,
  operation: Operation,
  check: AnswerCheck,
  known: Known,
  sent: () => void,
): Examiner {
  const row: Row = { endpoint: `${operation.method} ${operation.path}`, requests: 0, statuses: new Map() };
  const faultsOf = async (request: Request) => {
    row.requests += 1;
    sent();
    const answer = await send(target, request).catch((error: Error) => error);
    const status = answer instanceof Error ? 0 : answer.status;
    row.statuses.set(status, (row.statuses.get(status) ?? 0) + 1);
    if (answer instanceof Error) return [`there is no answer: ${answer.message}`];
    if (operation.operationId === 'placeOrder' && status === 202)
      known.orders.push((JSON.parse(answer.text) as { id: string }).id);
    return check.faultsOf(operation, answer);
  };
  return { row, faultsOf };
}

async function fuzzOne(
  { row, faultsOf }: Examiner,
  requests: fc.Arbitrary<Request>,
  parameters: { numRuns: number; seed: number },
): Promise<{ row: Row; failure?: Failure }> {
  const fine = fc.asyncProperty(requests, async (request) => (await faultsOf(request)).length === 0);
  const { counterexample } = await fc.check(fine, parameters);
  if (!counterexample) return { row };
  const [request] = counterexample;
  return { row, failure: { endpoint: row.endpoint, faults: await faultsOf(request), request } };
}
