import type { DynamicModule, Type } from '@nestjs/common';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigError } from '@shop/config';
import { logger } from '@shop/tracing';
import type { z } from 'zod';
import { AccessRuleError } from './auth/access-rules.ts';
import type { ProcessHost } from './shutdown/process-host.ts';
import { runService } from './run-service.ts';

export interface ServiceOptions<S extends z.ZodObject> {
  name: string;
  config: S;
  module: (config: z.output<S>) => DynamicModule;
  /** Message transports, taken from the app's container; they start before HTTP listens and stop after it has drained. */
  transports?: Type<CustomTransportStrategy>[];
  /** Ends the process, as SIGTERM does, when it resolves: for jobs. */
  until?: (app: NestFastifyApplication, config: z.output<S>) => Promise<void>;
  env?: NodeJS.ProcessEnv;
  /** What its OpenAPI document is called; else after the service. */
  api?: { title: string; version: string };
}

/** An app as a value: what starts it, and what its documents are made of. */
export const defineService = <S extends z.ZodObject>(service: ServiceOptions<S>): ServiceOptions<S> =>
  service;

export interface RunningService {
  app: NestFastifyApplication;
  /** Where it listens, such as http://127.0.0.1:8083 */
  url: string;
  /** Drains and stops everything in order, as SIGTERM does, but leaves the process alive. */
  close(): Promise<void>;
}

const log = logger('start');

/**
 * Starts an app: configuration, HTTP, transports, health, metrics, and an orderly end on SIGTERM.
 * What keeps it from starting is told in plain words: exit code 78 for a faulty configuration, otherwise 1.
 */
export async function startService<S extends z.ZodObject>(
  options: ServiceOptions<S>,
  host: ProcessHost = process,
): Promise<RunningService> {
  try {
    return await runService(options, host);
  } catch (error) {
    const plain = plainWords(error);
    if (plain) host.stderr.write(`${options.name}: ${plain}\n`);
    else log.fatal({ err: error }, 'could not start');
    host.exit(error instanceof ConfigError ? 78 : 1);
    throw error;
  }
}

function plainWords(error: unknown): string | undefined {
  if (error instanceof ConfigError || error instanceof AccessRuleError) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `port ${port} is in use; set PORT to another one`;
  if (code === 'EACCES' && port !== undefined)
    return `port ${port} needs privileges; set PORT to another one`;
  return undefined;
}
