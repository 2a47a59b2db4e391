import { z } from 'zod';

const wellFormed = (text: string): boolean => text.isWellFormed();
const broken = 'must be well-formed Unicode';

/** One line for people, trimmed. Control characters and lone surrogates are refused: databases and mail cannot hold them. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    // eslint-disable-next-line no-control-regex -- they are what is refused
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'must not contain control characters')
    .refine(wellFormed, broken);

/** As {@link line}, with tabs and line breaks. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    // eslint-disable-next-line no-control-regex -- they are what is refused
    .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/, 'must not contain control characters')
    .refine(wellFormed, broken);
