import { EventEmitter } from 'node:events';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { httpConfig } from '@shop/config';
import type { AdaptiveLimiter } from '@shop/resilience';
import { runService } from './run-service.ts';
import type { RunningService } from './start-service.ts';

/** Stands in for the process: keeps what would be printed and how it would exit. */
export class FakeProcess extends EventEmitter {
  readonly exits: number[] = [];
  readonly printed: string[] = [];
  readonly stderr = { write: (text: string) => this.printed.push(text) };

  exit(code: number): void {
    this.exits.push(code);
    this.emit('exited', code);
  }

  /** Sends a signal and waits for the exit it leads to. */
  async signal(name: string, ...reason: unknown[]): Promise<number> {
    const exited = new Promise<number>((resolve) => this.once('exited', resolve));
    this.emit(name, ...(reason.length ? reason : [name]));
    return exited;
  }
}

@Module({})
class FixtureModule {}

export interface Serving extends Partial<Omit<DynamicModule, 'module'>> {
  transports?: Type<CustomTransportStrategy>[];
  env?: NodeJS.ProcessEnv;
  limiter?: AdaptiveLimiter;
  until?: () => Promise<void>;
  host?: FakeProcess;
}

/** A service of the given controllers on a free port of this machine. */
export async function serve(
  controllers: Type[],
  { env, limiter, transports, until, host = new FakeProcess(), ...rest }: Serving = {},
) {
  const service = await runService(
    {
      name: 'fixture',
      config: httpConfig(0),
      module: () => ({ module: FixtureModule, controllers, ...rest }),
      transports,
      until,
      env: { HOST: '127.0.0.1', ...env },
    },
    host,
    limiter,
  );
  return Object.assign(service, {
    host,
    ask: (path: string, init?: RequestInit) => ask(service, path, init),
  });
}

async function ask({ url }: RunningService, path: string, init?: RequestInit) {
  const response = await fetch(url + path, init);
  const text = await response.text();
  const body: unknown = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body, text };
}

export const json = (body: unknown, method = 'POST'): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
