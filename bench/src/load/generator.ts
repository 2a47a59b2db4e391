import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { quantiles } from '../measure/quantiles.ts';
import type { Job, LoadResult, Sent, Stream } from './job.ts';
import { openLoop } from './open-loop.ts';

/** A process of its own, so that neither the benchmark's bookkeeping nor what it measures shares a thread with the clock. */
process.on('message', (job: Job) => void run(job).then((result) => process.send!(result)));
process.on('disconnect', () => process.exit());

const PATIENCE_MS = 15_000;

async function run({ seconds, streams }: Job): Promise<LoadResult> {
  const lags: number[] = [];
  const before = process.cpuUsage();
  const startedAt = Date.now();
  const sent = await Promise.all(streams.map((stream) => send(stream, seconds, lags)));
  const { user, system } = process.cpuUsage(before);
  return {
    startedAt,
    endedAt: startedAt + seconds * 1_000,
    streams: sent,
    generator: { cpuMs: (user + system) / 1_000, lag: quantiles(lags) },
  };
}

async function send(stream: Stream, seconds: number, lags: number[]): Promise<Sent> {
  const pool = new Pool(stream.url, {
    connections: 512,
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
  });
  const count = Math.round(stream.rate * seconds);
  const result: Sent = {
    name: stream.name,
    intended: new Float64Array(count),
    latency: new Float64Array(count).fill(Number.NaN),
    status: new Uint16Array(count),
    ids: Array.from({ length: count }, () => ''),
  };
  let next = 0;
  await openLoop(stream.rate, seconds, async (intended) => {
    const index = next++;
    lags.push(performance.now() - intended);
    result.intended[index] = performance.timeOrigin + intended;
    const answer = await ask(pool, stream, index);
    result.latency[index] = performance.now() - intended;
    result.status[index] = answer.status;
    result.ids[index] = answer.id;
  });
  await pool.close();
  return result;
}

async function ask(pool: Pool, { method, paths, headers, bodies }: Stream, index: number) {
  const path = paths[index % paths.length]!;
  const base = headers[index % headers.length];
  try {
    const {
      statusCode,
      headers: answered,
      body,
    } = await pool.request(
      bodies
        ? {
            method,
            path,
            headers: { ...base, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
            body: bodies[index % bodies.length],
          }
        : { method, path, headers: base },
    );
    await body.dump();
    const location = answered['location'];
    return {
      status: statusCode,
      id: typeof location === 'string' ? location.slice(location.lastIndexOf('/') + 1) : '',
    };
  } catch {
    return { status: 0, id: '' };
  }
}
