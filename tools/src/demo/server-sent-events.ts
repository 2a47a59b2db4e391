export interface ServerSentEvent {
  id?: string;
  data: string;
}

/** Reads an event stream (HTML Living Standard, section 9.2) as far as our timelines use it. */
export async function* serverSentEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let pending = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (pending + text).split('\n\n');
    pending = blocks.pop() ?? '';
    yield* blocks.map(eventOf).filter((event) => event !== undefined);
  }
}

function eventOf(block: string): ServerSentEvent | undefined {
  const field = (name: string) =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).replace(/^ /, ''));
  const data = field('data');
  return data.length > 0 ? { id: field('id').at(-1), data: data.join('\n') } : undefined;
}
