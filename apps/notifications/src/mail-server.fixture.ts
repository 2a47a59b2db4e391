import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface Received {
  from: string;
  to: string[];
  text: string;
}
export interface MailServer {
  url: string;
  received: Received[];
  stop(): Promise<void>;
}

/** A mail server for tests: speaks as much SMTP (RFC 5321) as one message needs, and refuses what it is told to. */
export async function startMailServer({
  greeting = '220 ready',
  recipient = '250 ok',
  port = 0,
} = {}): Promise<MailServer> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => socket.destroy()));
    void converse(socket, { greeting, recipient }, received);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async stop() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server.close(), 'close');
    },
  };
}

async function converse(
  socket: Socket,
  answers: { greeting: string; recipient: string },
  received: Received[],
): Promise<void> {
  const say = (line: string) => socket.write(`${line}\r\n`);
  say(answers.greeting);
  let mail: Received = { from: '', to: [], text: '' };
  let inText = false;
  for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
    if (inText && line !== '.') mail.text += `${line.replace(/^\./, '')}\r\n`;
    else if (inText) {
      inText = false;
      received.push(mail);
      mail = { from: '', to: [], text: '' };
      say('250 queued');
    } else if (/^MAIL FROM/i.test(line)) {
      mail.from = addressIn(line);
      say('250 ok');
    } else if (/^RCPT TO/i.test(line)) {
      mail.to.push(addressIn(line));
      say(answers.recipient);
    } else if (/^DATA/i.test(line)) {
      inText = true;
      say('354 go on');
    } else say(/^QUIT/i.test(line) ? '221 bye' : '250 ok');
  }
}

const addressIn = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? '';
