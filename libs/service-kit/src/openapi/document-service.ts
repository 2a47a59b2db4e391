import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { z } from 'zod';
import { ServiceKitModule } from '../service-kit.module.ts';
import type { ServiceOptions } from '../start-service.ts';
import { openApi } from './open-api.ts';

/**
 * The OpenAPI document of an app that does not run: Nest wires it up but makes none of its parts (its preview mode), so it needs
 * neither a configuration nor a database nor a broker.
 */
export async function documentService<S extends z.ZodObject>({
  name,
  module,
  config,
  api = { title: name, version: '1' },
}: ServiceOptions<S>): Promise<OpenAPIObject> {
  const app = await NestFactory.create(
    ServiceKitModule.around(module(defaultsOf(config))),
    new FastifyAdapter(),
    { preview: true, logger: false, abortOnError: false },
  );
  return openApi(app, api);
}

/** Modules pass their configuration on; what has no default is only missed by parts that are made. */
export const defaultsOf = <S extends z.ZodObject>({ shape }: S): z.output<S> =>
  Object.fromEntries(
    Object.entries(shape as Record<string, z.ZodType>).map(([key, schema]) => [
      key,
      schema.safeParse(undefined).data,
    ]),
  ) as z.output<S>;
