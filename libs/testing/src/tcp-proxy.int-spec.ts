import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TcpProxy } from './tcp-proxy.ts';

let echo: Server;
let proxy: TcpProxy;
let sockets: Socket[];

beforeEach(async () => {
  sockets = [];
  echo = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await TcpProxy.before((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await proxy.close();
  echo.close();
});

async function client(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1');
  socket.on('error', () => {});
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

/** What comes back. */
async function answerTo(socket: Socket, text: string): Promise<string> {
  const answer = once(socket, 'data').then(([data]) => String(data));
  socket.write(text);
  return answer;
}
const soon = (answer: Promise<string>) => Promise.race([answer, sleep(500, 'silence')]);

describe('a TCP proxy', () => {
  it('passes on what it gets', async () => {
    expect(await answerTo(await client(), 'hello')).toBe('hello');
  });

  it('cuts connections, and new ones, until it is healed', async () => {
    const before = await client();
    proxy.cut();
    await closed(before);
    await closed(connect(proxy.port, '127.0.0.1').on('error', () => {}));
    proxy.heal();
    expect(await answerTo(await client(), 'again')).toBe('again');
  });

  it('holds up, in order, and keeps the order when it is healed', async () => {
    const socket = await client();
    proxy.slow(500);
    const begun = performance.now();
    let got = '';
    socket.on('data', (data) => (got += String(data)));
    socket.write('one ');
    // The proxy has it by then, and holds it.
    await sleep(250);
    proxy.heal();
    socket.write('two');
    while (got.length < 7) await sleep(5);
    expect(got).toBe('one two');
    expect(performance.now() - begun).toBeGreaterThan(450);
  });

  it('swallows everything without a word; what was open stays dead, what is opened later lives', async () => {
    const before = await client();
    proxy.silence();
    const during = await client();
    expect(await soon(answerTo(before, 'x'))).toBe('silence');
    proxy.heal();
    const answers = [before, during].map((socket) => soon(answerTo(socket, 'x')));
    expect(await Promise.all(answers)).toEqual(['silence', 'silence']);
    expect([before.destroyed, during.destroyed]).toEqual([false, false]);
    expect(await answerTo(await client(), 'x')).toBe('x');
  });
});
