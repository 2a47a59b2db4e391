import { logger } from '@shop/tracing';
import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { loadKey, publishedKeys, signingKeys } from '../keys/signing-keys.ts';
import type { Parts } from './make-provider.ts';

const log = logger('provider');

/** The provider with the keys that the folder holds now: one that was added signs the next token, and no restart is needed. */
export class CurrentProvider {
  readonly #parts: Omit<Parts, 'keys'>;
  #current: { keys: string; provider: Promise<Provider> } | undefined;

  constructor(parts: Omit<Parts, 'keys'>) {
    this.#parts = parts;
  }

  /** Looks at the folder each time: a list of some names, on a machine of one developer. */
  get(): Promise<Provider> {
    const published = publishedKeys(signingKeys(this.#parts.config.IDENTITY_KEYS));
    const keys = published.map(({ file }) => file).join();
    if (this.#current?.keys !== keys) {
      this.#current = { keys, provider: this.#make(published.map(loadKey)) };
    }
    return this.#current.provider;
  }

  /** Loaded when first needed: until then the process starts faster and stays smaller. */
  async #make(keys: Parts['keys']): Promise<Provider> {
    const { makeProvider } = await import('./make-provider.ts');
    const provider = makeProvider({ ...this.#parts, keys });
    provider.on('server_error', (_, err) => log.error({ err }, 'a request failed'));
    provider.on('authorization.error', logRefusal);
    provider.on('grant.error', logRefusal);
    log.info({ kids: keys.map(({ kid }) => kid) }, 'signing with the first of these keys');
    return provider;
  }
}

function logRefusal({ oidc }: KoaContextWithOIDC, refusal: errors.OIDCProviderError): void {
  const { error, error_description: why } = refusal;
  log.info({ client: oidc.client?.clientId, error, why }, 'refused');
}
