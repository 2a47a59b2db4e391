import { stripVTControlCharacters } from 'node:util';
import { paint } from '../runner/paint.ts';
import type { CollectedSpan } from '../telemetry/otlp/spans.ts';
import { isStatement } from '../telemetry/views/calls.ts';
import { colourOf } from './timeline-line.ts';

const BAR = 28;
const LONGEST = 60;

/** A trace as a tree of its spans over time: which service did what, when it began, how long it took. Database statements are counted, not shown. */
export function waterfall(spans: readonly CollectedSpan[]): string {
  const shown = spans.filter((span) => !isStatement(span));
  const start = Math.min(...shown.map(({ startMs }) => startMs));
  const total = Math.max(...shown.map(({ startMs, durationMs }) => startMs + durationMs)) - start;
  const lines = inOrder(shown).map(({ span, depth }) => line(span, depth, start, total));
  const services = new Set(shown.map(({ service }) => service));
  const hidden = spans.length - shown.length;
  const cut = lines.length - LONGEST;
  return [
    ...lines.slice(0, LONGEST),
    ...(cut > 0 ? [paint.dim(`  … and ${cut} more`)] : []),
    paint.dim(
      `  ${spans.length} spans of ${services.size} services in ${total.toFixed(0)} ms; ${hidden} of them database statements, not shown`,
    ),
  ].join('\n');
}

interface Placed {
  span: CollectedSpan;
  depth: number;
}

/** Parents before children, children by their start. A span whose parent is not there stands at the left. */
function inOrder(spans: readonly CollectedSpan[]): Placed[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const children = Map.groupBy(spans, ({ parentSpanId }) => (known.has(parentSpanId) ? parentSpanId : ''));
  const below = (parent: string, depth: number): Placed[] =>
    (children.get(parent) ?? [])
      .toSorted((a, b) => a.startMs - b.startMs)
      .flatMap((span) => [{ span, depth }, ...below(span.spanId, depth + 1)]);
  return below('', 0);
}

function line(
  { service, name, startMs, durationMs, error }: CollectedSpan,
  depth: number,
  start: number,
  total: number,
): string {
  const offset = startMs - start;
  const from = Math.min(BAR - 1, Math.floor((offset / total) * BAR));
  const length = Math.max(1, Math.min(BAR - from, Math.round((durationMs / total) * BAR)));
  const bar = `${' '.repeat(from)}${'━'.repeat(length)}`.padEnd(BAR);
  const operation = fit(`${' '.repeat(Math.min(depth, 12))}${name}`, 46);
  const times = `${offset.toFixed(1).padStart(8)} ${durationMs.toFixed(1).padStart(8)} ms`;
  return `  ${colourOf(service)(service.padEnd(13))} ${operation} ${colourOf(service)(bar)} ${paint.dim(times)}${error ? paint.red(' failed') : ''}`;
}

const fit = (text: string, width: number): string =>
  (stripVTControlCharacters(text).length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
