import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import type { Stream } from './job.ts';

export interface Answer {
  status: number;
  id: string;
}

/** As long as a person waits; the shop's own deadline at the edge is the same. */
const PATIENCE_MS = 10_000;
/** Beyond what a server should have under way: how many it takes in is its own decision. */
const MOST_CONNECTIONS = 4_096;

/** Answers a function that sends the stream's request of an index, and never rejects; and one that closes the connections. */
export function asker({ url, pace, method, paths, headers = [{}], bodies }: Stream) {
  const connections = 'connections' in pace ? pace.connections : MOST_CONNECTIONS;
  const pool = new Pool(url, { connections, headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });
  const ask = async (index: number): Promise<Answer> => {
    const sent = { ...headers[index % headers.length] };
    if (bodies) Object.assign(sent, { 'content-type': 'application/json', 'idempotency-key': randomUUID() });
    try {
      const answer = await pool.request({
        method,
        path: paths[index % paths.length]!,
        headers: sent,
        body: bodies?.[index % bodies.length],
      });
      await answer.body.dump();
      return { status: answer.statusCode, id: lastPart(answer.headers['location']) };
    } catch {
      return { status: 0, id: '' };
    }
  };
  return { ask, close: () => pool.close() };
}

const lastPart = (location: string | string[] | undefined): string =>
  typeof location === 'string' ? location.slice(location.lastIndexOf('/') + 1) : '';
