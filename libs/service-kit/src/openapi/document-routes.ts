import { STATUS_CODES } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { ApiBearerAuth, ApiResponse } from '@nestjs/swagger';
import { accessKey } from '../auth/decorators.ts';
import { methodsOf } from '../methods-of.ts';
import { problemsKey } from './api-problems.ts';

const mediaType = 'application/problem+json';
/** Swagger's decorators add up, so a route is told of once. */
const documented = new WeakSet<object>();
const schema = { $ref: '#/components/schemas/Problem' };

/** Tells Swagger what our own decorators say: who may call a route, and which problems it answers. */
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
    const access = Reflect.getMetadata(accessKey, handler) ?? Reflect.getMetadata(accessKey, controller);
    const statuses = new Set([...problemsOf(controller), ...problemsOf(handler), 500]);
    if (access !== 'public') {
      statuses.add(401);
      if (access) statuses.add(403);
      ApiBearerAuth()(prototype, name, descriptor);
    }
    for (const status of [...statuses].sort()) {
      ApiResponse({ status, description: STATUS_CODES[status] ?? '', content: { [mediaType]: { schema } } })(
        prototype,
        name,
        descriptor,
      );
    }
  }
}

const problemsOf = (host: object) => (Reflect.getMetadata(problemsKey, host) ?? []) as number[];
