import { Readable } from 'node:stream';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { Id, Timeline as TimelineList, type TimelineEntry } from '@shop/contracts';
import { ApiAnswer, ApiProblems, type Caller, CurrentCaller, RequireScope } from '@shop/service-kit';
import type { FastifyReply } from 'fastify';
import { Timeline } from './timeline.ts';

@Controller('v1/orders/:id/timeline')
@RequireScope('orders', { owner: true })
export class TimelineController {
  constructor(private readonly timeline: Timeline) {}

  @Get()
  @ApiAnswer(200, 'The timeline, or a live stream of it', TimelineList)
  @ApiAnswer(204, 'The stream has nothing more to say')
  @ApiProblems(404)
  async read(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: Id }) id: string,
    @Headers() headers: Record<string, string | undefined>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ items: TimelineEntry[] } | Readable | undefined> {
    await this.timeline.authorise(id, caller);
    if (!headers['accept']?.includes('text/event-stream')) return { items: await this.timeline.entries(id) };
    return this.#stream(id, lastSeen(headers['last-event-id']), reply);
  }

  async #stream(id: string, after: number, reply: FastifyReply): Promise<Readable | undefined> {
    const { seq, settled } = await this.timeline.progress(id);
    // An EventSource reconnects when a stream ends; 204 is how it is told to stop (HTML, section 9.2).
    if (settled && after >= seq) return void reply.status(204);
    const gone = new AbortController();
    if (reply.raw.closed) gone.abort();
    else reply.raw.once('close', () => gone.abort());
    void reply.headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    return Readable.from(this.timeline.stream(id, after, gone.signal));
  }
}

/** Anything but the id of an entry starts from the beginning. */
const lastSeen = (id: string | undefined): number => (id && /^\d{1,9}$/.test(id) ? Number(id) : 0);
