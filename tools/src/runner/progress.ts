import { stripVTControlCharacters } from 'node:util';
import { paint } from './paint.ts';

/** Tells a person what is under way and how long it took. */
export interface Progress {
  /** Shows a step while `work` runs; `note` replaces what it says about itself. */
  step<T>(title: string, work: (note: (detail: string) => void) => Promise<T>): Promise<T>;
  line(text?: string): void;
}

/** Says nothing. */
export const silent: Progress = { step: (_, work) => work(() => {}), line: () => {} };

interface Step {
  title: string;
  detail: string;
  since: number;
}

const FRAMES = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];

/** Lines that stay for what is done; below them, on a terminal, those that turn for what is under way. */
export function terminalProgress(out: NodeJS.WriteStream = process.stdout): Progress {
  const active = new Set<Step>();
  const live = Boolean(out.isTTY);
  let drawn = 0;
  let frame = 0;
  let failed = false;
  let timer: NodeJS.Timeout | undefined;

  const erase = () => {
    if (drawn > 0) out.write(`\x1b[${drawn}A\x1b[0J`);
    drawn = 0;
  };
  const draw = () => {
    erase();
    frame += 1;
    for (const { title, detail, since } of active) {
      out.write(
        `${fit(`  ${paint.cyan(FRAMES[frame % FRAMES.length] ?? '')} ${columns(title, detail, since)}`, out.columns)}\n`,
      );
    }
    drawn = active.size;
  };
  const print = (text: string) => {
    if (live) erase();
    out.write(`${text}\n`);
    if (live) draw();
  };
  const turn = () => {
    if (active.size > 0 && live) timer ??= setInterval(draw, 100);
    if (active.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  const step = async <T>(title: string, work: (note: (detail: string) => void) => Promise<T>): Promise<T> => {
    const current: Step = { title, detail: '', since: performance.now() };
    active.add(current);
    turn();
    const patience = setTimeout(
      () => !live && print(`  … ${columns(title, current.detail || 'under way', current.since)}`),
      5_000,
    );
    let mark = '';
    try {
      const result = await work((detail) => (current.detail = detail));
      mark = paint.green('✓');
      return result;
    } catch (error) {
      // Only the first failure is the cause; what fails after it was cut short.
      mark = failed ? paint.dim('·') : paint.red('✗');
      failed = true;
      throw error;
    } finally {
      clearTimeout(patience);
      active.delete(current);
      print(`  ${mark} ${columns(title, current.detail, current.since)}`);
      turn();
    }
  };
  return { step, line: (text = '') => print(text) };
}

const columns = (title: string, detail: string, since: number): string =>
  `${title.padEnd(16)} ${paint.dim(detail.padEnd(44))} ${paint.dim(`${((performance.now() - since) / 1000).toFixed(1).padStart(5)} s`)}`;

/** A line that wraps could not be erased again. */
const fit = (line: string, width = 80): string =>
  stripVTControlCharacters(line).length < width ? line : stripVTControlCharacters(line).slice(0, width - 1);
