import { STATUS_CODES } from 'node:http';
import { type INestApplication, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { type Access, accessOf } from '../auth/access.ts';
import { methodsOf } from '../methods-of.ts';
import { answersOf } from './api-answer.ts';
import { documentAccess, refusals, requireVisible } from './document-access.ts';
import { problemsKey } from './api-problems.ts';
import { inputsOf, type RouteInputs } from './route-inputs.ts';

const mediaType = 'application/problem+json';
/** Swagger's decorators add up, so a route is told of once. */
const documented = new WeakSet<object>();
const schema = { $ref: '#/components/schemas/Problem' };
const header = (description: string) => ({ description, schema: { type: 'string' } as const });
const idempotencyKey = ApiHeader({
  name: 'Idempotency-Key',
  required: true,
  description:
    'Repeating a request with its key repeats the answer, not the effect; kept 24 hours per caller',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
});

/** Tells Swagger what our own decorators say: who may call a route, what it takes, and what it answers. */
export function documentRoutes(app: INestApplication): void {
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype === 'function') documentController(metatype);
    }
  }
}

function documentController(controller: { prototype: object } & object): void {
  const { prototype } = controller;
  for (const [name, descriptor] of methodsOf(controller)) {
    const handler = descriptor.value!;
    if (documented.has(handler)) continue;
    documented.add(handler);
    const tell = (decorator: MethodDecorator) => decorator(prototype, name, descriptor);
    const access = accessOf(handler, controller);
    const inputs = inputsOf(controller, name);
    if (access) {
      requireVisible(controller, handler, access);
      tell(documentAccess(access));
    }
    for (const header of inputs.headers)
      tell(ApiHeader({ name: header, required: false, schema: { type: 'string' } }));
    if (inputs.idempotencyKey) tell(idempotencyKey);
    for (const { status, description, schema: standardSchema, headers = {} } of answersOf(handler)) {
      const told = Object.entries({ 'X-Trace-Id': 'The trace this answer belongs to', ...headers });
      tell(
        ApiResponse({
          status,
          description,
          standardSchema,
          headers: Object.fromEntries(told.map(([title, text]) => [title, header(text)])),
        }),
      );
    }
    const problems = new Set([
      ...problemsOf(controller),
      ...problemsOf(handler),
      ...usual(access, inputs, isRead(handler)),
    ]);
    for (const status of [...problems].sort()) {
      tell(
        ApiResponse({
          status,
          description: STATUS_CODES[status] ?? '',
          content: { [mediaType]: { schema } },
        }),
      );
    }
  }
}

/** What follows from a route's guards and inputs, and what every route may answer when the service is overloaded or broken. */
const usual = (access: Access | undefined, { any, idempotencyKey }: RouteInputs, read: boolean): number[] => [
  ...(any ? [400] : []),
  ...(access ? refusals(access) : []),
  // A body is looked at also where none is wanted.
  ...(read ? [] : [413, 415]),
  ...(idempotencyKey ? [409, 422] : []),
  ...[500, 503],
];

const isRead = (handler: object) => Reflect.getMetadata(METHOD_METADATA, handler) === RequestMethod.GET;

const problemsOf = (host: object) => (Reflect.getMetadata(problemsKey, host) ?? []) as number[];
