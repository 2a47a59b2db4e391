import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** How long a server keeps a connection whose client has vanished: as a server with TCP keep-alive does. */
const SERVER_NOTICES_MS = 15_000;

interface Link {
  client: Socket;
  server: Socket;
  /** Swallows everything, for ever, and tells neither side. */
  dead: boolean;
}

/** Stands between clients and a server on this machine, and does to their connections what networks do: cuts, delays, loses. */
export class TcpProxy {
  readonly #server: Server;
  readonly #target: number;
  readonly #links = new Set<Link>();
  #refusing = false;
  #silent = false;
  #latencyMs = 0;

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (client: Socket) => this.#join(client));
  }

  static async before(target: number): Promise<TcpProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy(server, target);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts every connection, and each new one. */
  cut(): void {
    this.#refusing = true;
    for (const link of this.#links) this.#break(link);
  }

  /** Holds up everything, in both directions. */
  slow(latencyMs: number): void {
    this.#latencyMs = latencyMs;
  }

  /** From now on nothing arrives any more, on connections that are open or opened; nobody is told. */
  silence(): void {
    this.#silent = true;
    for (const link of this.#links) link.dead = true;
  }

  /** New connections work again. A silenced one stays silent: only a time-out of its client's can end it. */
  heal(): void {
    this.#refusing = this.#silent = false;
    this.#latencyMs = 0;
    for (const link of this.#links)
      if (link.dead) setTimeout(() => link.server.destroy(), SERVER_NOTICES_MS).unref();
  }

  async close(): Promise<void> {
    for (const link of this.#links) this.#break(link);
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket): void {
    client.on('error', () => {});
    if (this.#refusing) return void client.resetAndDestroy();
    const server = connect({ port: this.#target, host: '127.0.0.1', noDelay: true });
    const link: Link = { client: client.setNoDelay(true), server, dead: this.#silent };
    this.#links.add(link);
    server.on('error', () => {});
    this.#pass(link, client, server);
    this.#pass(link, server, client);
    client.once('close', () => this.#links.delete(link));
  }

  #pass(link: Link, from: Socket, to: Socket): void {
    let freeAt = 0;
    const held: (() => void)[] = [];
    /** Nothing overtakes what was held up before it, even while its timer is late. */
    const later = (act: () => void) => {
      const now = performance.now();
      freeAt = Math.max(freeAt, now + this.#latencyMs);
      if (freeAt <= now && held.length === 0) return act();
      held.push(act);
      setTimeout(() => held.shift()!(), freeAt - now);
    };
    from.on('data', (chunk) => {
      if (link.dead) return;
      later(() => {
        if (link.dead || to.destroyed || to.write(chunk)) return;
        from.pause();
        to.once('drain', () => from.resume());
      });
    });
    from.once('close', () => later(() => link.dead || to.destroy()));
  }

  #break({ client, server }: Link): void {
    client.resetAndDestroy();
    server.destroy();
  }
}
