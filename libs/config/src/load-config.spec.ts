import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { loadConfig } from './load-config.ts';
import { secret } from './secret.ts';
import {
  authConfig,
  databaseConfig,
  finishesInHand,
  functionConfig,
  httpConfig,
  kafkaConfig,
} from './sections.ts';

const schema = z.object({ ...httpConfig(8083).shape, ...databaseConfig.shape, ...kafkaConfig.shape });
const env = { DATABASE_URL: 'postgres://orders:hunter2@db/orders', KAFKA_BROKERS: 'k1:9092, k2:9092' };

function faultsOf(shape: z.ZodObject, given: NodeJS.ProcessEnv): ConfigError {
  try {
    loadConfig(shape, given);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('the configuration was accepted');
}

describe('the configuration', () => {
  it('is parsed, typed and completed by defaults', () => {
    expect(loadConfig(schema, { ...env, PORT: '9000' })).toEqual({
      HOST: '0.0.0.0',
      PORT: 9000,
      LOG_LEVEL: 'info',
      SHUTDOWN_GRACE_MS: 25_000,
      TRUSTED_HOPS: 0,
      DATABASE_URL: env.DATABASE_URL,
      DATABASE_POOL_SIZE: 10,
      KAFKA_BROKERS: ['k1:9092', 'k2:9092'],
    });
  });

  it('names every fault at once, with the value that is wrong', () => {
    const error = faultsOf(schema, { PORT: 'http', LOG_LEVEL: 'loud', KAFKA_BROKERS: 'k1' });
    expect(error.faults.map((fault) => fault.name).sort()).toEqual([
      'DATABASE_URL',
      'KAFKA_BROKERS',
      'LOG_LEVEL',
      'PORT',
    ]);
    expect(error.message).toContain('DATABASE_URL: is required');
    expect(error.message).toContain('"http"');
  });

  it('never shows the value of a secret, whatever its schema says about it', () => {
    const password = secret(
      z.string().refine(() => false, { error: (issue) => `${String(issue.input)} is weak` }),
    );
    const error = faultsOf(z.object({ PASSWORD: password.optional() }), { PASSWORD: 'hunter2' });
    expect(error.message).toContain('PASSWORD');
    expect(error.message).not.toContain('hunter2');
    expect(faultsOf(schema, { ...env, DATABASE_URL: 'hunter2' }).message).not.toContain('hunter2');
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig(schema, { ...env, PORT: '', HOST: '' })).toMatchObject({ PORT: 8083, HOST: '0.0.0.0' });
    expect(faultsOf(schema, { ...env, DATABASE_URL: '' }).faults).toEqual([
      { name: 'DATABASE_URL', message: 'is required' },
    ]);
  });

  it('reads a value from the file that NAME_FILE names', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'config-')), 'url');
    writeFileSync(file, `${env.DATABASE_URL}\n`);
    expect(loadConfig(httpConfig(0), { HOST_FILE: file }).HOST).toBe(env.DATABASE_URL);
    const fromFile = { KAFKA_BROKERS: env.KAFKA_BROKERS, DATABASE_URL_FILE: file };
    expect(loadConfig(schema, fromFile).DATABASE_URL).toBe(env.DATABASE_URL);
    expect(faultsOf(schema, { ...env, ...fromFile }).message).toContain('is set twice');
  });

  it('names the variable whose file cannot be read, beside the other faults', () => {
    const error = faultsOf(schema, { DATABASE_URL_FILE: '/nowhere/at/all' });
    expect(error.faults.map((fault) => fault.name)).toEqual(['DATABASE_URL', 'KAFKA_BROKERS']);
    expect(error.message).toContain('ENOENT');
  });

  it.each(['ftp://keys', 'jwks.json', '/etc/jwks.json'])(
    'refuses %s as an address of keys',
    (AUTH_JWKS_URL) => {
      const error = faultsOf(authConfig, { AUTH_ISSUER: 'i', AUTH_AUDIENCE: 'a', AUTH_JWKS_URL });
      expect(error.faults).toEqual([
        { name: 'AUTH_JWKS_URL', message: expect.stringContaining('must be an http(s): or file: URL') },
      ]);
    },
  );

  it('lets a function take less time for a message than it has to end, and names both beside the other faults', () => {
    const config = z.object({ ...httpConfig(0).shape, ...functionConfig.shape }).refine(...finishesInHand);
    expect(loadConfig(config, { SHUTDOWN_GRACE_MS: '15001' })).toMatchObject({ HANDLE_WITHIN_MS: 15_000 });
    const message = expect.stringMatching(
      /HANDLE_WITHIN_MS must be less than SHUTDOWN_GRACE_MS/,
    ) as unknown as string;
    for (const env of [{ SHUTDOWN_GRACE_MS: '15000' }, { HANDLE_WITHIN_MS: '25000' }]) {
      expect(faultsOf(config, env).faults).toEqual([{ name: 'configuration', message }]);
      expect(faultsOf(config, { ...env, PORT: 'http' }).faults).toHaveLength(2);
    }
    expect(faultsOf(config, { HANDLE_WITHIN_MS: 'soon' }).faults).toHaveLength(1);
  });

  it('cannot be changed once it is read', () => {
    const config = loadConfig(schema, env);
    expect(() => Object.assign(config, { PORT: 1 })).toThrow(TypeError);
  });
});
