import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export const apiKey = 'sandbox-api-key';

interface BookEntry {
  id: string;
  reference: string;
  idempotencyKeys: string[];
  state: string;
}

/** The sandbox as it is run in earnest: a process of its own, spoken to over HTTP. */
export class SandboxProcess {
  private child?: ChildProcess;
  url = '';

  async start(): Promise<this> {
    const root = new URL('../../..', import.meta.url).pathname;
    await promisify(execFile)(`${root}node_modules/.bin/tsc`, ['--build', 'apps/psp-sandbox'], { cwd: root });
    const child = (this.child = spawn(process.execPath, ['apps/psp-sandbox/dist/main.js'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { HOST: '127.0.0.1', PORT: '0', PSP_API_KEY: apiKey },
    }));
    for await (const line of createInterface({ input: child.stdout })) {
      this.url = /"url":"([^"]+)"/.exec(line)?.[1] ?? '';
      if (this.url) break;
    }
    child.stdout.resume();
    return this;
  }

  async stop(): Promise<void> {
    if (!this.child) return;
    const exited = once(this.child, 'exit');
    this.child.kill();
    await exited;
  }

  /** What the book shows for an order. */
  async book(orderId: string): Promise<BookEntry[]> {
    const entries: BookEntry[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const response = await fetch(`${this.url}/v1/payments?limit=100${cursor && `&cursor=${cursor}`}`);
      const page = (await response.json()) as { items: BookEntry[]; nextCursor: string | null };
      entries.push(...page.items.filter(({ reference }) => reference === orderId));
      cursor = page.nextCursor;
    }
    return entries;
  }

  async states(orderId: string): Promise<string[]> {
    return (await this.book(orderId)).map(({ state }) => state);
  }

  async post(path: string, body?: object, key?: string): Promise<void> {
    await fetch(this.url + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(key && { 'idempotency-key': key }),
      },
      body: body && JSON.stringify(body),
    });
  }
}
