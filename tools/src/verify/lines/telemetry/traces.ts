/** What we read of a trace as Jaeger's API tells it. */
export interface Trace {
  spans: { processID: string }[];
  processes: Record<string, { serviceName: string }>;
}

/** Whose spans a trace of Jaeger has; none while there is no trace. */
export async function spansOf(url: string, traceId: string): Promise<Map<string, number>> {
  const answer = await fetch(`${url}/api/traces/${traceId}`);
  if (answer.status === 404) return new Map();
  if (!answer.ok) throw new Error(`Jaeger answered ${answer.status}`);
  const { data } = (await answer.json()) as { data: Trace[] };
  return spansBy(data[0] ?? { spans: [], processes: {} });
}

/** How many spans each service has; `orders.shop` is the proxy beside `orders`. */
export function spansBy({ spans, processes }: Trace): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { processID } of spans) {
    const name = processes[processID]?.serviceName ?? 'unknown';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
