import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A mail server that knows nobody, and says so as such servers do: with the address in its answer. */
export async function refusingMailServer(): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => socket.destroy()));
    void converse(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}

async function converse(socket: Socket): Promise<void> {
  socket.write('220 ready\r\n');
  for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
    const recipient = /^RCPT TO:(<[^>]*>)/i.exec(line)?.[1];
    socket.write(recipient ? `550 5.1.1 ${recipient}: no such user here\r\n` : '250 ok\r\n');
  }
}
