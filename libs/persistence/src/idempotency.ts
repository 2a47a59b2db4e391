import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Problem } from '@shop/service-kit';
import { Database } from './database.ts';
import { fingerprintOf } from './fingerprint.ts';
import { IdempotencyPruning } from './idempotency-pruning.ts';
import { problems } from './idempotency.errors.ts';
import { Transactions } from './transactions.ts';
import type { Tx } from './tx.ts';

/** A request under an Idempotency-Key. A key belongs to its caller; `operation` and `body` are what must not change under it. */
export interface IdempotentRequest {
  caller: string;
  key: string;
  operation: string;
  body: unknown;
}

/** An HTTP answer that can be stored. */
export interface Answer<R> {
  status: number;
  body: R;
  headers?: Record<string, string>;
}

interface Stored<R> {
  fingerprint: Buffer;
  status: number;
  body: R;
  headers: Record<string, string>;
}

const FIND = `SELECT fingerprint, status, body, headers FROM idempotency_keys WHERE caller = $1 AND key = $2`;

const LOCK_AND_FIND = `
  SELECT pg_try_advisory_xact_lock($3) AS locked, k.fingerprint, k.status, k.body, k.headers
  FROM (VALUES (1)) AS always LEFT JOIN idempotency_keys k ON k.caller = $1 AND k.key = $2`;

const STORE = `
  INSERT INTO idempotency_keys (caller, key, fingerprint, status, body, headers) VALUES ($1, $2, $3, $4, $5, $6)`;

/** One effect per key: the work and its answer are stored in one transaction, and repeated requests get the stored answer. */
@Injectable()
export class Idempotency {
  constructor(
    private readonly transactions: Transactions,
    private readonly database: Database,
    private readonly pruning: IdempotencyPruning,
  ) {}

  /**
   * Throws 409 `idempotency/in-flight` while the first request runs, 422 `idempotency/key-reused` on another body.
   * What `read` starts travels with the look-up of the key, and the work gets what it found.
   */
  async run<R, F = void>(
    request: IdempotentRequest,
    work: (tx: Tx, found: F) => Promise<Answer<R>>,
    read: (tx: Tx) => Promise<F> = () => Promise.resolve() as Promise<F>,
  ): Promise<Required<Answer<R>> & { replayed: boolean }> {
    this.pruning.start();
    const fingerprint = fingerprintOf(request.operation, request.body);
    try {
      return await this.transactions.run(async (tx) => {
        const [stored, found] = await Promise.all([lockAndFind<R>(tx, request), read(tx)]);
        if (stored) return replay(stored, fingerprint);
        const { status, body, headers = {} } = await work(tx, found);
        const answer = [status, JSON.stringify(body), JSON.stringify(headers)];
        tx.write(STORE, [request.caller, request.key, fingerprint, ...answer]);
        return { status, body, headers, replayed: false };
      }, 'new');
    } catch (error) {
      if (error instanceof Problem && error.code.startsWith('idempotency/')) throw error;
      const twin = await this.#twin<R>(request);
      if (!twin) throw error;
      return replay(twin, fingerprint);
    }
  }

  /**
   * The lookup reads as of the moment before the lock was taken. A twin that committed in between stays unseen, and then our own
   * work fails on what the twin did, at the latest on the primary key. So a failure looks once more.
   */
  async #twin<R>({ caller, key }: IdempotentRequest): Promise<Stored<R> | undefined> {
    const [stored] = await this.database.query<Stored<R>>(FIND, [caller, key]).catch(() => []);
    return stored;
  }
}

async function lockAndFind<R>(tx: Tx, { caller, key }: IdempotentRequest): Promise<Stored<R> | undefined> {
  const rows = await tx.query<Partial<Stored<R>> & { locked: boolean }>(LOCK_AND_FIND, [
    caller,
    key,
    lockOf(caller, key),
  ]);
  const [row] = rows;
  if (row?.fingerprint) return row as Stored<R>;
  if (!row?.locked) throw new Problem(problems.inFlight, undefined, { retryAfterSeconds: 1 });
  return undefined;
}

function replay<R>(stored: Stored<R>, fingerprint: Buffer) {
  if (!stored.fingerprint.equals(fingerprint)) throw new Problem(problems.keyReused);
  return { status: stored.status, body: stored.body, headers: stored.headers, replayed: true };
}

const lockOf = (caller: string, key: string): string =>
  hash('sha256', JSON.stringify([caller, key]), 'buffer')
    .readBigInt64BE()
    .toString();
