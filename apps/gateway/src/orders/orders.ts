import type { StreamableFile } from '@nestjs/common';
import type { HttpClient } from '@shop/resilience';
import type { Call } from '../call.ts';
import { forward } from '../forward.ts';
import type { TimelineStreams } from './timeline-streams.ts';

/** The orders service as the public sees it. */
export class Orders {
  constructor(
    private readonly client: HttpClient,
    private readonly streams: TimelineStreams,
  ) {}

  pass(call: Call): Promise<string> {
    return forward(this.client, call);
  }

  timeline(call: Call): Promise<StreamableFile | string> {
    const live = call.headers.accept?.includes('text/event-stream');
    return live ? this.streams.pass(call) : this.pass(call);
  }
}
