import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { it } from '@jest/globals';
import { freePort } from '@shop/testing';

const installed = spawnSync('redis-server', ['--version']).status === 0;
if (!installed) process.stderr.write('NOT TESTED with Redis: no redis-server on the PATH\n');

/** A test with the redis-server of this machine. Where there is none it is skipped, which is said aloud. */
export const withRedis = (name: string, test: () => Promise<void>): void =>
  // eslint-disable-next-line no-restricted-properties -- nobody has to install Redis to run the tests
  installed ? it(name, test) : it.skip(name, () => {});

/** A real server that keeps nothing on disk. */
export class RedisServer {
  private process: ChildProcess | undefined;
  port = 0;

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.port ||= await freePort();
    this.process = spawn('redis-server', ['--port', String(this.port), '--bind', '127.0.0.1', '--save', ''], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of this.process.stdout!) if (String(line).includes('Ready to accept')) break;
  }

  async stop(): Promise<void> {
    if (this.process?.exitCode !== null) return;
    this.process.kill();
    await once(this.process, 'exit');
  }
}
