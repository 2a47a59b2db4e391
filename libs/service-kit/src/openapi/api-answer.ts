import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

export const answersKey = 'shop:answers';

export interface DocumentedAnswer {
  status: number;
  description: string;
  schema?: z.ZodType;
  /** What each header says, by name. */
  headers?: Record<string, string>;
}

/** Documents what a route answers when all goes well; a route may have several. Without a schema the answer has no body. */
export const ApiAnswer =
  (
    status: number,
    description: string,
    schema?: z.ZodType,
    headers?: Record<string, string>,
  ): MethodDecorator =>
  (target, name, descriptor) => {
    const before = answersOf(descriptor.value as object);
    const answer: DocumentedAnswer = { status, description, schema, headers };
    SetMetadata(answersKey, [answer, ...before])(target, name, descriptor);
  };

/** For {@link ApiAnswer}: the route remembers idempotency keys. */
export const replayedHeader = {
  'Idempotency-Replayed': '`true` when this is the stored answer to an earlier request',
};

export const answersOf = (handler: object): DocumentedAnswer[] =>
  (Reflect.getMetadata(answersKey, handler) ?? []) as DocumentedAnswer[];
