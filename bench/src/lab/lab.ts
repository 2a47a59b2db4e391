import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeOwnedFolder } from '@shop/testing';
import { endOnSignals, type Progress, type Shop, type StartOptions, startShop } from '@shop/tools';

/** Where shops of the benchmark's own live, one after the other on the same data. */
export class Lab {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'shop-bench-'));
  /** Somebody wants the benchmark to end. */
  readonly interrupted: AbortSignal;
  readonly #progress: Progress;
  #shop: Promise<Shop> | undefined;

  constructor(progress: Progress) {
    this.#progress = progress;
    this.interrupted = endOnSignals(this.dataDir, progress);
  }

  /** As `npm start` runs one: with commits that reach the disk, though only warnings in the logs. Stops the one before. */
  async open(replicas: StartOptions['replicas'] = {}): Promise<Shop> {
    await this.stop();
    this.#shop = startShop({
      dataDir: this.dataDir,
      ports: 'random',
      durable: true,
      tracing: false,
      seed: true,
      replicas,
      env: { all: { LOG_LEVEL: 'warn', OTEL_EXPORTER_OTLP_ENDPOINT: '' } },
      progress: this.#progress,
      signal: this.interrupted,
    });
    return this.#shop;
  }

  /** The data stays. */
  async stop(): Promise<void> {
    const shop = await this.#shop?.catch(() => undefined);
    await shop?.stop();
  }

  /** Stops what runs and leaves nothing behind. */
  async close(): Promise<void> {
    try {
      await this.stop();
    } finally {
      removeOwnedFolder(join(this.dataDir, 'postgres'));
      rmSync(this.dataDir, { recursive: true, force: true });
    }
  }
}
