import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

export const issued = { AUTH_ISSUER: 'http://issuer', AUTH_AUDIENCE: 'shop' };

/** A key and the tokens that it signs; their times are those of `clock`. */
export async function signingKey(kid: string, clock: () => number = Date.now, alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const seconds = () => Math.floor(clock() / 1_000);
  const token = (claims: JWTPayload = {}) =>
    new SignJWT({
      iss: issued.AUTH_ISSUER,
      aud: issued.AUTH_AUDIENCE,
      sub: 'alice',
      iat: seconds(),
      exp: seconds() + 43_200,
      scope: 'orders',
      ...claims,
    })
      .setProtectedHeader({ alg, kid })
      .sign(privateKey);
  return { kid, jwk: { ...(await exportJWK(publicKey)), kid, alg }, token };
}

/** A provider's endpoint that counts what it is asked, and can be away, silent or wrong. */
export class Endpoint {
  asked = 0;
  answering: (response: ServerResponse, request: IncomingMessage) => unknown;
  readonly #server = createServer((request, response) => {
    this.asked++;
    void this.answering(response, request);
  });
  #port = 0;

  constructor(answer: () => unknown) {
    this.answering = (response) => answerWith(response, answer());
  }

  async start(): Promise<string> {
    await once(this.#server.listen(this.#port, '127.0.0.1'), 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Until it is started again, on the same port. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    if (this.#server.listening) await once(this.#server.close(), 'close');
  }
}

export const answerWith = (response: ServerResponse, body: unknown, status = 200): unknown =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
