import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { eventually } from '../eventually.ts';
import { freePort } from '../free-port.ts';
import { childrenOf, isRunning, readPid, reap, startDaemon, stopProcess, tail } from './process.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { type Account, ownedFolder, removeOwnedFolder, unprivilegedAccount } from './unprivileged.ts';

export interface EmbeddedPostgresOptions {
  dataDir: string;
  logFile?: string;
  /** Default: any free port. */
  port?: number;
  /** The superuser's; default `postgres`. */
  password?: string;
  /** Whether commits outlive a power cut. Off for tests: there it only costs time. */
  durable?: boolean;
}

const TUNING = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '250',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  jit: 'off',
  // Helper processes for reads ahead pay on large tables only; here each would cost memory.
  io_method: 'sync',
  log_checkpoints: 'off',
  // DETAIL repeats the row that violates a constraint, with whatever personal data it has.
  log_error_verbosity: 'terse',
};
// A commit still outlives a crash of the server, though not one of the machine.
const NOT_DURABLE = { fsync: 'off', full_page_writes: 'off', shared_buffers: '64MB' };

/** A real PostgreSQL server from npm, on 127.0.0.1. It survives a SIGKILL of its parent; the next start on the same folder stops it first. */
export class EmbeddedPostgres {
  readonly #options: EmbeddedPostgresOptions;
  #folder = '';
  #port = 0;
  #pid = 0;

  constructor(options: EmbeddedPostgresOptions) {
    this.#options = options;
  }

  get adminUrl(): string {
    return `postgres://postgres:${encodeURIComponent(this.#password)}@127.0.0.1:${this.#port}/postgres`;
  }

  get pid(): number {
    return this.#pid;
  }

  async start(): Promise<this> {
    const account = unprivilegedAccount();
    const { initdb, postgres } = await postgresBinaries(account);
    this.#folder = ownedFolder(this.#options.dataDir, account);
    await reap(join(this.#folder, 'postmaster.pid'), this.#folder, ['SIGINT', 'SIGQUIT']);
    if (!existsSync(join(this.#folder, 'PG_VERSION'))) await this.#initialise(initdb, account);
    this.#port = this.#options.port || this.#port || (await freePort());
    const settings = { ...TUNING, ...(this.#options.durable ? {} : NOT_DURABLE) };
    const child = startDaemon({
      command: postgres,
      args: [
        '-D',
        this.#folder,
        '-p',
        String(this.#port),
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      logFile: this.#logFile,
      cwd: this.#folder,
      ...account,
    });
    this.#pid = child.pid ?? 0;
    await eventually(() => this.#answers(child.exitCode), {
      timeoutMs: 60_000,
      everyMs: 20,
      message: 'PostgreSQL did not answer',
    });
    child.unref();
    return this;
  }

  async stop(): Promise<void> {
    await stopProcess(this.#pid, this.#folder, this.#options.durable ? ['SIGINT', 'SIGQUIT'] : ['SIGQUIT']);
  }

  /** Ends the server without warning, as a crash would: all its processes, because one that outlived it could still write to its files. */
  async kill(): Promise<void> {
    const pid = readPid(join(this.#folder, 'postmaster.pid'));
    // Frozen first, or it would start more of them.
    if (isRunning(pid, this.#folder)) process.kill(pid, 'SIGSTOP');
    const backends = childrenOf(pid);
    await stopProcess(pid, this.#folder, []);
    await Promise.all(backends.map((backend) => stopProcess(backend, 'postgres', [])));
  }

  /** Stops the server and removes its data. */
  async destroy(): Promise<void> {
    await this.stop();
    removeOwnedFolder(this.#options.dataDir);
  }

  get #password(): string {
    return this.#options.password ?? 'postgres';
  }

  get #logFile(): string {
    return this.#options.logFile ?? `${this.#options.dataDir}.log`;
  }

  /** Beside the wanted folder first, then renamed: an initdb that was killed half-way leaves nothing that looks finished. */
  async #initialise(initdb: string, account: Account | undefined): Promise<void> {
    const fresh = `${this.#folder}.new`;
    const passwordFile = `${this.#folder}.password`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { mode: 0o700 });
    writeFileSync(passwordFile, this.#password, { mode: 0o600 });
    if (account) for (const path of [fresh, passwordFile]) chownSync(path, account.uid, account.gid);
    try {
      const options = [
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-sync',
      ];
      await promisify(execFile)(
        initdb,
        ['-D', fresh, '-U', 'postgres', `--pwfile=${passwordFile}`, ...options],
        { cwd: fresh, ...account },
      );
      rmdirSync(this.#folder);
      renameSync(fresh, this.#folder);
    } finally {
      rmSync(passwordFile);
    }
  }

  async #answers(exitCode: number | null): Promise<void> {
    if (exitCode !== null || !isRunning(this.#pid, this.#folder))
      throw new Error(`PostgreSQL ended:\n${tail(this.#logFile)}`);
    const client = new pg.Client(this.adminUrl);
    await client.connect();
    await client.end();
  }
}
