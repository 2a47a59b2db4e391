export interface StreamedEvent {
  id?: string;
  event?: string;
  data: string;
}

/** Reads server-sent events (WHATWG HTML, 9.2) until the stream ends. */
export async function* eventsOf(response: Response): AsyncGenerator<StreamedEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body!) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/);
    rest = blocks.pop()!;
    for (const block of blocks) {
      const event = parse(block);
      if (event) yield event;
    }
  }
}

function parse(block: string): StreamedEvent | undefined {
  const fields = block
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith(':'))
    .map((line) => /^([^:]*):? ?(.*)$/.exec(line)!.slice(1) as [string, string]);
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value);
  return data.length === 0 ? undefined : { ...Object.fromEntries(fields), data: data.join('\n') };
}
