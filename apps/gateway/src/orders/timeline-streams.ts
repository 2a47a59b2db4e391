import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { HttpClient } from '@shop/resilience';
import type { Call } from '../call.ts';
import { copyHead, requestOf } from '../forward.ts';
import { asProblem } from '../upstream-problem.ts';

/** Live timelines on their way through: nothing is held back, and neither end outlives the other. */
export class TimelineStreams {
  constructor(
    private readonly orders: HttpClient,
    private readonly draining: AbortSignal,
  ) {}

  async pass(call: Call): Promise<StreamableFile | string> {
    const left = new AbortController();
    call.reply.raw.once('close', () => left.abort());
    const response = await this.orders
      .request({ ...requestOf(call), stream: true, signal: AbortSignal.any([left.signal, this.draining]) })
      .catch((error: unknown) => Promise.reject(asProblem(error)));
    copyHead(response, call);
    if (!response.headers['content-type']?.startsWith('text/event-stream')) return response.text();
    call.reply.header('x-accel-buffering', 'no');
    return new StreamableFile(Readable.from(untilBroken(response.stream), { objectMode: false }));
  }
}

/** A stream that breaks off ends in good order: the client comes back with Last-Event-ID either way. */
async function* untilBroken(source: Readable): AsyncGenerator<Buffer> {
  try {
    yield* source;
  } catch {
    // The upstream went away, or this process is about to.
  }
}
