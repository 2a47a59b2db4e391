import type { FastifyInstance, FastifyReply } from 'fastify';
import { type IdentityConfig, originsOf } from './identity.config.ts';
import { style } from './pages/style.ts';
import { showSignIn, signIn, type SignInParts } from './sign-in.ts';

/** What oidc-provider answers itself. */
const protocol = [
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/jwks',
  '/token',
  '/auth',
  '/auth/:uid',
  '/session/end',
  '/session/end/:step',
];
const formBytes = 4_096;

export interface Parts extends SignInParts {
  config: IdentityConfig;
}

/** The protocol and the pages, beside the operational routes. */
export function identityRoutes(fastify: FastifyInstance, parts: Parts): void {
  const headers = secureHeaders(parts.config);
  void fastify.register((scope, _, done) => {
    scope.addHook('onRequest', (_, reply, next) => void (reply.headers(headers), next()));
    void scope.register((inner, _, ready) => (protocolRoutes(inner, parts), ready()));
    void scope.register((inner, _, ready) => (pageRoutes(inner, parts), ready()));
    done();
  });
}

function protocolRoutes(scope: FastifyInstance, { provider }: Parts): void {
  // oidc-provider reads bodies itself, and bounds them.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
  for (const path of protocol) {
    scope.all(path, async (request, reply) => {
      const current = await provider.get();
      takeOver(reply);
      await current.callback()(request.raw, reply.raw);
    });
  }
}

function pageRoutes(scope: FastifyInstance, parts: Parts): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: formBytes },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  scope.get('/sign-in.css', (_, reply) => reply.type('text/css; charset=utf-8').send(style));
  scope.get('/sign-in/:uid', (request, reply) => showSignIn(request, reply, parts));
  scope.post('/sign-in/:uid', (request, reply) => signIn(request, reply, parts));
}

/** What was said about the answer so far goes with it. */
function takeOver(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
  reply.hijack();
}

/** The pages have no script; and the form may end at the storefront, because Chromium counts the redirects behind it. */
function secureHeaders(config: IdentityConfig): Record<string, string> {
  const policy = [
    "default-src 'none'",
    // oidc-provider adds the hash of its own here, where a form must send itself.
    "script-src 'none'",
    "style-src 'self'",
    `form-action 'self' ${originsOf(config).join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
