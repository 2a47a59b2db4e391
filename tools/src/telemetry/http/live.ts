import type { ServerResponse } from 'node:http';

const PAUSE_MS = 1_000;
/** Reading may take so much of the time; a full memory is read less often. */
const SHARE = 0.05;

/** Tells all who listen what `read` answers, about once a second, as server-sent events; reads nothing while nobody listens. */
export class Live {
  readonly #listeners = new Set<ServerResponse>();
  readonly #read: () => object;
  #timer: NodeJS.Timeout | undefined;

  constructor(read: () => object) {
    this.#read = read;
  }

  add(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.write(this.#event());
    this.#listeners.add(response);
    this.#timer ??= setTimeout(() => this.#tell(), PAUSE_MS);
    response.once('close', () => {
      this.#listeners.delete(response);
      if (this.#listeners.size === 0) this.stop();
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(): void {
    const began = performance.now();
    const event = this.#event();
    for (const listener of this.#listeners) {
      // Who does not keep up gets the next one.
      if (!listener.writableNeedDrain) listener.write(event);
    }
    const pause = Math.max(PAUSE_MS, (performance.now() - began) / SHARE);
    this.#timer = setTimeout(() => this.#tell(), pause);
  }

  #event(): string {
    return `data: ${JSON.stringify(this.#read())}\n\n`;
  }
}
