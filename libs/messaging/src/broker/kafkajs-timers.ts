import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

interface RequestQueue {
  pending: unknown[];
  inflight: Map<number, { sentAt: number; requestTimeout: number; timeoutRequest(): void }>;
  requestTimeoutIntervalId: NodeJS.Timeout | null;
  /** Ours: what the requests travel on. */
  socket?: Socket;
  isConnected(): boolean;
  destroy(): void;
  scheduleCheckPendingRequests(): void;
  scheduleRequestTimeoutCheck(): void;
}
interface Connection {
  requestQueue: RequestQueue;
  socket?: Socket;
  connect(): Promise<boolean>;
}

const CHECK_MS = 1_000;

/**
 * Two timers of kafkajs 2.2.4 that would wake an idle process more than a thousand times a second, for each connection. One asks for a
 * negative delay, which Node makes 1 ms, over and over, to look through requests that are not there. The other looks
 * every 100 ms for requests that are late by seconds; and when it finds one, kafkajs goes on using the connection. One that has died
 * without a word would then fail every request for ever, so here a late request ends it.
 */
export function calmTimers(): void {
  const { prototype } = prototypeOf<RequestQueue>('network/requestQueue/index.js');
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0) schedule.call(this);
  };
  prototype.scheduleRequestTimeoutCheck = function () {
    this.destroy();
    this.requestTimeoutIntervalId = setInterval(() => {
      endLateRequests(this);
      if (!this.isConnected()) this.destroy();
    }, CHECK_MS);
  };
  knowSockets();
}

function endLateRequests({ inflight, socket }: RequestQueue): void {
  const late = [...inflight.values()].filter(
    ({ sentAt, requestTimeout }) => Date.now() - sentAt > requestTimeout,
  );
  for (const request of late) request.timeoutRequest();
  if (late.length > 0) socket?.destroy(new Error('a request was not answered in time'));
}

/** A queue of requests does not know its connection by itself. */
function knowSockets(): void {
  const { prototype } = prototypeOf<Connection>('network/connection.js');
  const connect = prototype.connect;
  prototype.connect = function () {
    const connected = connect.call(this);
    this.requestQueue.socket = this.socket;
    return connected;
  };
}

const prototypeOf = <T>(file: string) =>
  createRequire(import.meta.url)(`kafkajs/src/${file}`) as { prototype: T };
