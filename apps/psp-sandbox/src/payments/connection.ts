import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The wire beneath a request, for answers that go wrong on purpose. */
export interface Connection {
  /** Closes it without a word. */
  cut(): void;
  /** Settles when the other side, or the end of this process, has closed it. */
  closed: Promise<void>;
}

export const CurrentConnection = createParamDecorator((_: unknown, context: ExecutionContext): Connection => {
  const reply = context.switchToHttp().getResponse<FastifyReply>();
  const { socket } = context.switchToHttp().getRequest<FastifyRequest>().raw;
  const cut = () => {
    reply.hijack();
    socket.destroy();
  };
  return {
    cut,
    get closed() {
      return new Promise<void>((resolve) => socket.once('close', () => resolve()));
    },
  };
});
