import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { ApiProblems } from '@shop/service-kit';
import type { z } from 'zod';

type Headers = Record<string, string>;

/** Documents what a route answers when all goes well, and what anything can answer besides. */
export const Answers = (
  status: number,
  description: string,
  standardSchema: z.ZodType,
  headers: Headers = {},
): MethodDecorator =>
  applyDecorators(
    ApiResponse({
      status,
      description,
      standardSchema,
      headers: Object.fromEntries(
        Object.entries({ 'X-Trace-Id': 'The trace this answer belongs to', ...headers }).map(
          ([name, text]) => [name, { description: text, schema: { type: 'string' } }],
        ),
      ),
    }),
    ApiProblems(400, 429, 503, 504),
  );

/** The route acts once per key and answers repeats with what it answered first. */
export const Idempotent = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description:
        'Repeating a request with its key repeats the answer, not the effect; kept 24 hours per caller',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }),
    ApiProblems(409, 422),
  );

export const replayed = {
  'Idempotency-Replayed': '`true` when this is the stored answer to an earlier request',
};
