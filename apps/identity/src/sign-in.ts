import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Accounts } from './accounts/accounts.ts';
import { signInPage, staleSignInPage } from './pages/pages.ts';
import type { CurrentProvider } from './provider/current-provider.ts';

export interface SignInParts {
  provider: CurrentProvider;
  accounts: Accounts;
}

export async function showSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: SignInParts,
): Promise<FastifyReply> {
  if (!(await isUnderWay(request, reply, parts))) return html(reply, staleSignInPage(), 400);
  return html(reply, signInPage());
}

export async function signIn(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: SignInParts,
): Promise<FastifyReply> {
  if (!(await isUnderWay(request, reply, parts))) return html(reply, staleSignInPage(), 400);
  const form = request.body as URLSearchParams | undefined;
  const [name, password] = [form?.get('name') ?? '', form?.get('password') ?? ''];
  const account = parts.accounts.withPassword(name, password);
  if (!account) return html(reply, signInPage({ name, failed: true }), 422);
  const provider = await parts.provider.get();
  const result = { login: { accountId: account.id } };
  return reply.redirect(await provider.interactionResult(request.raw, reply.raw, result), 303);
}

/** The cookie of the sign-in must be the one of its address. */
async function isUnderWay({ raw, params }: FastifyRequest, reply: FastifyReply, parts: SignInParts) {
  const provider = await parts.provider.get();
  const { uid } = params as { uid: string };
  return provider.interactionDetails(raw, reply.raw).then(
    (interaction) => interaction.uid === uid,
    () => false,
  );
}

const html = (reply: FastifyReply, page: string, status = 200): FastifyReply =>
  reply.status(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
