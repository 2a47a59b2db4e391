import { type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Accounts } from '../accounts/accounts.ts';
import { type IdentityConfig, originsOf } from '../identity.config.ts';
import { type LoadedKey, signingAlgorithm } from '../keys/signing-keys.ts';
import { errorPage, signedOutPage, signOutPage } from '../pages/pages.ts';
import type { Storage } from './storage.ts';

/** What every token is for (RFC 8707): clients need not name it. Services know it by its audience. */
const shop = 'urn:shop:api';
const userScopes = ['orders', 'admin'];
const serviceScopes = ['service'];

/** How long tokens live, in seconds; never longer than keys are published. */
export const tokenLife = { user: 3_600, service: 600 };

export interface Parts {
  config: IdentityConfig;
  accounts: Accounts;
  storage: Storage;
  keys: readonly LoadedKey[];
}

/** A provider that signs with the first of the keys, and publishes all of them. */
export function makeProvider(parts: Parts): Provider {
  const provider = new Provider(parts.config.AUTH_ISSUER, configuration(parts));
  // It makes addresses and cookies of how the browser came, which behind a door that ends TLS only the door knows.
  provider.proxy = parts.config.TRUSTED_HOPS > 0;
  return provider;
}

const configuration = ({ config, accounts, storage, keys }: Parts): Configuration => ({
  jwks: { keys: keys.map(({ jwk }) => jwk) },
  adapter: (model: string) => storage.adapter(model),
  clients: [storefront(config), gateway(config)],
  clientDefaults: { id_token_signed_response_alg: signingAlgorithm },
  cookies: { keys: [config.IDENTITY_COOKIE_SECRET] },
  scopes: ['openid'],
  claims: { openid: ['sub'], profile: ['name'] },
  conformIdTokenClaims: false,
  responseTypes: ['code'],
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
  pkce: { required: () => true },
  clientBasedCORS: (_, origin) => originsOf(config).includes(origin),
  interactions: { url: (_, { uid }) => `/sign-in/${uid}` },
  findAccount: (_, id) => {
    const account = accounts.find(id);
    return account && { accountId: id, claims: () => ({ sub: id, name: account.name }) };
  },
  loadExistingGrant: (context) => grantOf(context, accounts),
  renderError: (context, { error_description: why }) =>
    page(context, errorPage(why ?? 'The request cannot be answered.')),
  ttl: {
    AccessToken: tokenLife.user,
    ClientCredentials: tokenLife.service,
    IdToken: tokenLife.user,
    Interaction: 3_600,
    Session: 14 * 24 * 3_600,
    Grant: 14 * 24 * 3_600,
  },
  features: {
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => shop,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, resource, { clientId }) => {
        if (resource !== shop) throw new errors.InvalidTarget(`there is only ${shop}`);
        return {
          audience: config.AUTH_AUDIENCE,
          scope: (clientId === 'gateway' ? serviceScopes : userScopes).join(' '),
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: signingAlgorithm } },
        };
      },
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (context, form) => page(context, signOutPage(form)),
      postLogoutSuccessSource: (context) => page(context, signedOutPage()),
    },
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    userinfo: { enabled: false },
  },
});

/** A browser keeps no secret: the code is bound to it by PKCE. */
const storefront = (config: IdentityConfig) => ({
  client_id: 'storefront',
  token_endpoint_auth_method: 'none' as const,
  redirect_uris: config.IDENTITY_REDIRECT_URIS,
  post_logout_redirect_uris: originsOf(config).map((origin) => `${origin}/`),
});

const gateway = (config: IdentityConfig) => ({
  client_id: 'gateway',
  client_secret: config.GATEWAY_CLIENT_SECRET,
  grant_types: ['client_credentials' as const],
  redirect_uris: [],
  response_types: [],
});

/** Our own storefront needs nobody's consent: it gets what its user may do, and never more. */
async function grantOf({ oidc }: KoaContextWithOIDC, accounts: Accounts) {
  const accountId = oidc.session!.accountId!;
  const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId });
  const mayDo = accounts.find(accountId)?.scopes ?? [];
  const mayNot = userScopes.filter((scope) => !mayDo.some((may) => may === scope));
  grant.addOIDCScope('openid profile');
  grant.addResourceScope(shop, mayDo.join(' '));
  grant.rejectResourceScope(shop, mayNot.join(' '));
  await grant.save();
  return grant;
}

function page(context: KoaContextWithOIDC, html: string): void {
  context.type = 'html';
  context.body = html;
}
