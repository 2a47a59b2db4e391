/** Whether a span is a database statement. */
export const isStatement = ({ attributes }) => 'db.system.name' in attributes || 'db.system' in attributes;

/** Parents before children, children by their start. A span whose parent is not there stands at the left, and so do those of a ring. */
export function inOrder(spans) {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const children = Map.groupBy(spans, ({ parentSpanId }) => (known.has(parentSpanId) ? parentSpanId : ''));
  const placed = new Map();
  // A stack instead of recursion: what was sent may be very deep.
  const next = [];
  const push = (parent, depth) => {
    const below = (children.get(parent) ?? []).toSorted((a, b) => b.startMs - a.startMs);
    for (const span of below) next.push({ span, depth });
  };
  push('', 0);
  while (next.length > 0) {
    const { span, depth } = next.pop();
    placed.set(span, { span, depth });
    push(span.spanId, depth + 1);
  }
  for (const span of spans) if (!placed.has(span)) placed.set(span, { span, depth: 0 });
  return [...placed.values()];
}

/** When a trace began and how long it took. */
export function extent(spans) {
  let [start, end] = [Infinity, -Infinity];
  for (const { startMs, durationMs } of spans) {
    start = Math.min(start, startMs);
    end = Math.max(end, startMs + durationMs);
  }
  return { start, end, total: Math.max(0.001, end - start) };
}

/** Round times for a ruler: some six of them. */
export function ticks(total) {
  const rough = total / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough);
  return Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step);
}
