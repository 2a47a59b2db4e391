import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  status: number;
  /** Of a problem+json answer. */
  body: unknown;
  /** All of it, with its head. */
  text: string;
}

export async function rawConnection(url: string, { allowHalfOpen = false } = {}): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen });
  await once(socket, 'connect');
  return socket.on('error', () => {});
}

/** Sends bytes as they are (text as Latin-1), which no client would, and reads until the server closes the connection. */
export async function rawExchange(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  const socket = await rawConnection(url);
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  return rawAnswer(socket);
}

/** What the server says until it closes the connection, however it does that. */
export async function rawAnswer(socket: Socket): Promise<RawAnswer> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => socket.once('close', resolve));
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const isProblem = /^content-type: application\/problem\+json/im.test(head);
  return { status: Number(head.slice(9, 12)), body: isProblem ? JSON.parse(body) : undefined, text };
}
