import { applyDecorators } from '@nestjs/common';
import { ApiAnswer, ApiProblems } from '@shop/service-kit';
import type { z } from 'zod';

/** Documents what a route answers when all goes well, and what anything behind the gateway can answer besides. */
export const Answers = (
  status: number,
  description: string,
  schema: z.ZodType,
  headers?: Record<string, string>,
): MethodDecorator =>
  applyDecorators(ApiAnswer(status, description, schema, headers), ApiProblems(400, 414, 429, 431, 504));
