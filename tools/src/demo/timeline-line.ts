import type { TimelineEntry } from '@shop/contracts';
import { paint } from '../runner/paint.ts';

const colours: Record<string, (text: string) => string> = {
  orders: paint.cyan,
  inventory: paint.yellow,
  payments: paint.magenta,
  'psp-sandbox': paint.blue,
};

/** The colour in which a service is shown. */
export const colourOf = (service: string): ((text: string) => string) => colours[service] ?? paint.green;

/** One entry of a timeline in one line: when, who, what, and what it changed. */
export function timelineLine({ at, service, type, detail }: TimelineEntry, start: number): string {
  const elapsed = `${Math.max(0, Date.parse(at) - start)} ms`.padStart(9);
  return `  ${paint.dim(elapsed)}  ${colourOf(service)(service.padEnd(10))} ${type.padEnd(21)} ${paint.dim(remark(detail))}`.trimEnd();
}

function remark(detail: Record<string, unknown>): string {
  const { from, state, reason, undoes, attempt, retryInMs, retry } = detail;
  const said = typeof reason === 'object' && reason !== null && 'code' in reason ? reason.code : reason;
  return [
    state ? (from && from !== state ? `${String(from)} → ${String(state)}` : `${String(state)}`) : '',
    Array.isArray(undoes) ? `undoes ${undoes.join(', ')}` : '',
    attempt ? `attempt ${String(attempt)}` : '',
    said ? String(said) : '',
    retryInMs ? `again in ${String(retryInMs)} ms` : '',
    retry ? 'again' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
