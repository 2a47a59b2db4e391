import { headers } from '@shop/contracts';
import type { Idempotency } from '@shop/persistence';
import type { FastifyReply } from 'fastify';

type Answer = Awaited<ReturnType<Idempotency['run']>>;

/** Sends the stored status and headers, marks a replay, and hands the body on. */
export function answerWith<A extends Answer>(reply: FastifyReply, answer: A): A['body'] {
  void reply.status(answer.status).headers(answer.headers);
  if (answer.replayed) void reply.header(headers.idempotencyReplayed, 'true');
  return answer.body;
}
