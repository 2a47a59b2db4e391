import { paint } from '../runner/paint.ts';
import type { Outcome } from './line.ts';

const marks: Record<Outcome['result'], string> = {
  seen: paint.green('✓'),
  failed: paint.red('✗'),
  'not seen': paint.yellow('–'),
};

/** Every line with what was seen. */
export function table(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(({ line }) => line.name.length));
  const rows = outcomes.map(
    ({ line, result, words, seconds }) =>
      `  ${marks[result]} ${paint.bold(line.name.padEnd(width))}  ${paint.dim(`${seconds.toFixed(0).padStart(4)} s`)}  ${words.split('\n')[0]}`,
  );
  const seen = outcomes.filter(({ result }) => result === 'seen').length;
  return [...rows, '', `  ${seen} of ${outcomes.length} lines seen`].join('\n');
}
