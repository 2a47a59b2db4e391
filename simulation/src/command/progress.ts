import { dim, duration, whole } from './text.ts';

const FRAMES = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];

/** One line that keeps saying how far a run has come; a new line now and then where lines cannot be redrawn. */
export class ProgressLine {
  readonly #since = performance.now();
  readonly #timer: NodeJS.Timeout;
  #done = 0;
  #frame = 0;
  #failed = false;

  constructor(
    private readonly total: number,
    private readonly out: NodeJS.WriteStream = process.stdout,
  ) {
    this.#timer = setInterval(() => this.#draw(), out.isTTY ? 100 : 15_000);
  }

  get elapsedMs(): number {
    return performance.now() - this.#since;
  }

  /** Schedules in a second. */
  get rate(): number {
    return (this.#done / this.elapsedMs) * 1_000;
  }

  add(schedules: number): void {
    this.#done += schedules;
  }

  /** From now on a smaller schedule is looked for. */
  fail(): void {
    this.#failed = true;
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.out.isTTY) this.out.write('\r\x1b[0K');
  }

  #draw(): void {
    this.#frame += 1;
    const text = this.#failed
      ? '1 violation; looking for the smallest schedule that shows it'
      : this.#course();
    this.out.write(
      this.out.isTTY ? `\r\x1b[0K  ${FRAMES[this.#frame % FRAMES.length]} ${text}` : `  … ${text}\n`,
    );
  }

  #course(): string {
    const left = this.rate > 0 ? duration(((this.total - this.#done) / this.rate) * 1_000) : '?';
    return `${whole(this.#done)} of ${whole(this.total)}  ${whole(this.rate)}/s  0 violations  ${dim(`${duration(this.elapsedMs)}, ${left} left`)}`;
  }
}
