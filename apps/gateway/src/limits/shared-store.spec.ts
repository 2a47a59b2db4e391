import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { SharedStore } from './shared-store.ts';

/** What a store sees first of a connection, which it then closes. */
async function firstBytesAt(url: (port: number) => string): Promise<Buffer> {
  const { promise: first, resolve } = Promise.withResolvers<Buffer>();
  const server = createServer((socket) => socket.once('data', (data) => (resolve(data), socket.destroy())));
  await once(server.listen(0), 'listening');
  const store = new SharedStore(url((server.address() as AddressInfo).port));
  try {
    await store.connect();
    return await first;
  } finally {
    store.close();
    server.close();
  }
}

describe('a store of rate limits behind TLS', () => {
  it('is named in the greeting, for whoever passes the connection on unread', async () => {
    expect((await firstBytesAt((port) => `rediss://localhost:${port}`)).includes('localhost')).toBe(true);
  });

  it('is not named by an address, which names nobody', async () => {
    const greeting = await firstBytesAt((port) => `rediss://127.0.0.1:${port}`);
    expect(greeting[0]).toBe(22);
    expect(greeting.includes('127.0.0.1')).toBe(false);
  });
});
