import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, startDaemon, stopProcess, tail } from '@shop/testing';
import { StartError } from './settings.ts';

export interface ProcessSpec {
  /** `orders`, or `orders-2` for a second replica. */
  name: string;
  cwd: string;
  args: string[];
  /** What only this service's command line contains. */
  marker: string;
  env: NodeJS.ProcessEnv;
  port: number;
  logFile: string;
  pidFile: string;
  /** Hears of crashes and restarts. */
  tell: (event: string) => void;
}

const BAD_CONFIGURATION = 78;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;
const STEADY_MS = 60_000;
/** Crashes on the way to ready after which waiting longer makes no sense. */
const HOPELESS = 4;

/** One process of a service, started again with growing pauses when it ends by itself. */
export class ServiceProcess {
  readonly spec: ProcessSpec;
  #child: ChildProcess | undefined;
  #wanted = false;
  #crashes = 0;
  #startedAt = 0;

  constructor(spec: ProcessSpec) {
    this.spec = spec;
  }

  get pid(): number {
    return this.#child?.exitCode === null && this.#child.signalCode === null ? (this.#child.pid ?? 0) : 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.spec.port}`;
  }

  get crashes(): number {
    return this.#crashes;
  }

  start(): void {
    this.#wanted = true;
    this.#startedAt = performance.now();
    const { args, cwd, env, logFile, pidFile } = this.spec;
    const child = startDaemon({ command: process.execPath, args, cwd, env, logFile, pidFile });
    child.once('exit', (code, signal) => void this.#ended(child, signal ?? code));
    this.#child = child;
  }

  /** Waits until the service says that it is ready; gives up early when it has ended for good. */
  async ready(timeoutMs = 120_000): Promise<void> {
    const before = this.#crashes;
    const probe = async () => {
      if (this.#crashes - before >= HOPELESS) this.#wanted = false;
      if (!this.#wanted) return;
      const response = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
      const answer = await response.text();
      if (response.status !== 200) throw new Error(`not ready: ${answer.slice(0, 200)}`);
    };
    await eventually(probe, { timeoutMs, everyMs: 50, message: `${this.spec.name} was not ready` }).catch(
      (error: unknown) => {
        throw this.#fault(error instanceof Error ? error.message : String(error));
      },
    );
    if (!this.#wanted) throw this.#fault(`${this.spec.name} did not start`);
  }

  kill(signal: NodeJS.Signals): void {
    if (this.pid) process.kill(this.pid, signal);
  }

  /** Asks the service to drain, and kills it when it takes longer than its own grace period. */
  async stop(graceMs = 30_000): Promise<void> {
    this.#wanted = false;
    if (this.pid) await stopProcess(this.pid, this.spec.marker, ['SIGTERM'], graceMs);
    rmSync(this.spec.pidFile, { force: true });
  }

  #fault(message: string): StartError {
    return new StartError(
      `${message}\n\n${tail(this.spec.logFile, 20)}\n\nThe whole log: ${this.spec.logFile}`,
    );
  }

  /** Somebody may have started another process by the time we hear of an end, or while we pause after it. */
  async #ended(child: ChildProcess, how: NodeJS.Signals | number | null): Promise<void> {
    const ours = () => this.#wanted && this.#child === child;
    if (!ours()) return;
    if (how === BAD_CONFIGURATION) {
      this.#wanted = false;
      this.spec.tell(`${this.spec.name} refuses its configuration; see ${this.spec.logFile}`);
      return;
    }
    if (performance.now() - this.#startedAt > STEADY_MS) this.#crashes = 0;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#crashes, LONGEST_PAUSE_MS);
    this.#crashes += 1;
    const reason = typeof how === 'number' ? `exit code ${how}` : how;
    this.spec.tell(`${this.spec.name} ended (${reason}); starting it again in ${pause} ms`);
    await sleep(pause);
    if (ours()) this.start();
  }
}
