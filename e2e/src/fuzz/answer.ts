import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';
import type { Document, Operation } from './document.ts';

export interface Answer {
  status: number;
  /** Without its parameters. */
  mediaType: string;
  traceId: string | null;
  text: string;
}

const fits = (schema: z.ZodType) => (text: string) => schema.safeParse(text).success;

/** Holds answers against what the document says about them. */
export class AnswerCheck {
  private readonly ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    formats: { uuid: fits(z.uuid()), 'date-time': fits(z.iso.datetime()) },
  });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(document: Document) {
    this.ajv.addSchema(document, 'api');
  }

  /** What is wrong with the answer, in words; empty when nothing is. */
  faultsOf(operation: Operation, { status, mediaType, traceId, text }: Answer): string[] {
    const faults: string[] = [];
    if (status >= 500 && !isShedding(status, text)) faults.push(`the answer is ${status}`);
    if (!/^[0-9a-f]{32}$/.test(traceId ?? '')) faults.push('X-Trace-Id is missing');
    const response = operation.responses[status];
    if (!response) return [...faults, `the status ${status} is not documented`];
    if (text === '' && !response.content) return faults;
    if (!response.content?.[mediaType])
      return [...faults, `the media type "${mediaType}" is not documented for ${status}`];
    if (mediaType === 'text/event-stream') return faults;
    return [...faults, ...this.faultsOfBody(operation, status, mediaType, text)];
  }

  private faultsOfBody(operation: Operation, status: number, mediaType: string, text: string): string[] {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return ['the body is not JSON'];
    }
    const problem = body as { code?: unknown; status?: unknown };
    const isProblem = mediaType === 'application/problem+json';
    if (isProblem && (typeof problem.code !== 'string' || problem.status !== status))
      return ['the problem has no code, or another status than the answer'];
    const validate = this.validatorOf(operation, status, mediaType);
    if (validate(body)) return [];
    return [`the body does not fit its schema: ${this.ajv.errorsText(validate.errors, { dataVar: 'body' })}`];
  }

  private validatorOf({ path, method }: Operation, status: number, mediaType: string): ValidateFunction {
    const pointer = ['paths', path, method.toLowerCase(), 'responses', status, 'content', mediaType, 'schema']
      .map((step) => encodeURIComponent(String(step).replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const known = this.compiled.get(pointer);
    if (known) return known;
    const validate = this.ajv.compile({ $ref: `api#/${pointer}` });
    this.compiled.set(pointer, validate);
    return validate;
  }
}

/** Not an error of the service: it says when to come again. */
const isShedding = (status: number, text: string) => status === 503 && text.includes('"service/overloaded"');
