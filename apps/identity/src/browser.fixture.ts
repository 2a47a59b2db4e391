import { createHash, randomBytes } from 'node:crypto';
import { redirectUri, type RunningIdentity } from './running-identity.fixture.ts';

interface Page {
  status: number;
  headers: Headers;
  text: string;
}

/** What a browser does without a script: it keeps cookies, follows redirects as far as the shop, and sends forms. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();
  readonly #verifier = randomBytes(32).toString('base64url');
  at = '';

  constructor(private readonly provider: RunningIdentity) {}

  /** Begins a sign-in as the storefront would, and answers where it leads. */
  begin(change: Record<string, string> = {}): Promise<Page> {
    const query = new URLSearchParams({
      client_id: 'storefront',
      response_type: 'code',
      scope: 'openid profile orders',
      redirect_uri: redirectUri,
      state: 'mine',
      code_challenge: createHash('sha256').update(this.#verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...change,
    });
    return this.go(`${this.provider.url}/auth?${query}`);
  }

  /** Fills in the form of the page it is at. */
  signIn(name: string, password = `${name}-development`): Promise<Page> {
    return this.go(this.at, new URLSearchParams({ name, password }));
  }

  /** Trades the code of the address it was sent to. */
  trade(verifier = this.#verifier) {
    const code = new URL(this.at).searchParams.get('code') ?? '';
    return this.provider.token({
      grant_type: 'authorization_code',
      client_id: 'storefront',
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    });
  }

  /** All of them, also those that a browser would keep from the address. */
  get cookies(): string {
    return this.#cookiesFor('/', () => true);
  }

  async go(address: string, form?: URLSearchParams): Promise<Page> {
    this.at = address;
    if (address.startsWith(redirectUri)) return { status: 0, headers: new Headers(), text: '' };
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: this.#cookiesFor(new URL(address).pathname) },
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const location = response.headers.get('location');
    if (location) return this.go(new URL(location, address).href);
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split('; ');
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice(5) ?? '/';
    if (value === '') this.#cookies.delete(`${path} ${name}`);
    else this.#cookies.set(`${path} ${name}`, { value, path });
  }

  #cookiesFor(pathname: string, fits = (path: string) => pathname.startsWith(path)): string {
    return [...this.#cookies]
      .filter(([, { path }]) => fits(path))
      .map(([key, { value }]) => `${key.split(' ')[1]}=${value}`)
      .join('; ');
  }
}
