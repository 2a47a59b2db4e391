import { describe, expect, it } from '@jest/globals';
import { type ServerSentEvent, serverSentEvents } from './server-sent-events.ts';

async function read(...chunks: string[]): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  const body = ReadableStream.from(chunks.map((chunk) => new TextEncoder().encode(chunk)));
  for await (const event of serverSentEvents(body as ReadableStream<Uint8Array>)) events.push(event);
  return events;
}

describe('an event stream', () => {
  it('is read event by event, wherever the chunks end', async () => {
    expect(await read('retry: 1000\n\nid: 1\nda', 'ta: {"a":1}\n', '\nid: 2\ndata: x\n\n')).toEqual([
      { id: '1', data: '{"a":1}' },
      { id: '2', data: 'x' },
    ]);
  });

  it('has comments and unfinished events, which are left out', async () => {
    expect(await read(': nothing new\n\n', 'data: whole\n\n', 'data: torn')).toEqual([
      { id: undefined, data: 'whole' },
    ]);
  });
});
