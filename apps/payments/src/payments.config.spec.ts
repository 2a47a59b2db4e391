import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from '@shop/config';
import { isConfigured, paymentsConfig } from './payments.config.ts';

const rest = {
  AUTH_ISSUER: 'i',
  AUTH_AUDIENCE: 'a',
  AUTH_JWKS_URL: 'file:///k',
  DATABASE_URL: 'postgres://localhost/p',
  KAFKA_BROKERS: 'k:1',
};
const sandbox = { PSP_API_KEY: 'an-api-key', PSP_WEBHOOK_SECRET: 'w'.repeat(16) };
const stripe = { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: `whsec_${'w'.repeat(16)}` };

const faultsOf = (env: Record<string, string>): string[] => {
  try {
    loadConfig(paymentsConfig, env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map(({ name, message }) => `${name} ${message}`);
  }
};

describe('the choice of a payment provider', () => {
  it('takes the sandbox when nothing is said', () => {
    const config = loadConfig(paymentsConfig, { ...rest, ...sandbox });
    expect(config.PSP).toBe('sandbox');
    expect([isConfigured(config, 'sandbox'), isConfigured(config, 'stripe')]).toEqual([true, false]);
  });

  it('names all that the chosen one lacks, beside other faults', () => {
    expect(faultsOf(rest)).toEqual(['PSP_API_KEY is required', 'PSP_WEBHOOK_SECRET is required']);
    const { DATABASE_URL: _, ...incomplete } = rest;
    expect(faultsOf({ ...incomplete, PSP: 'stripe' }).sort()).toEqual([
      'DATABASE_URL is required',
      'STRIPE_SECRET_KEY is required',
      'STRIPE_WEBHOOK_SECRET is required',
    ]);
  });

  it('asks for nothing of a provider that is not used', () => {
    expect(faultsOf({ ...rest, ...stripe, PSP: 'stripe' })).toEqual([]);
  });

  it('keeps the one before, whole, for the payments that began there', () => {
    const config = loadConfig(paymentsConfig, { ...rest, ...sandbox, ...stripe, PSP: 'stripe' });
    expect([isConfigured(config, 'sandbox'), isConfigured(config, 'stripe')]).toEqual([true, true]);
    const { PSP_WEBHOOK_SECRET: _, ...half } = sandbox;
    expect(faultsOf({ ...rest, ...half, ...stripe, PSP: 'stripe' })).toEqual([
      'PSP_WEBHOOK_SECRET is required',
    ]);
  });

  it('is as patient as its provider needs, unless it is told otherwise', () => {
    const limits = (env: object) => {
      const config = loadConfig(paymentsConfig, { ...rest, ...sandbox, ...stripe, ...env });
      return [config.PSP_TIMEOUT_MS, config.PSP_CONCURRENCY, config.PSP_LEASE_MS];
    };
    expect(limits({})).toEqual([5_000, 512, 6_000]);
    expect(limits({ PSP: 'stripe' })).toEqual([20_000, 25, 21_000]);
    const told = { PSP_TIMEOUT_MS: '9000', PSP_CONCURRENCY: '7', PSP_LEASE_MS: '9500' };
    expect(limits({ PSP: 'stripe', ...told })).toEqual([9_000, 7, 9_500]);
  });

  it('refuses a lease that ends while a call is still being made', () => {
    const env = { ...rest, ...stripe, PSP: 'stripe', PSP_LEASE_MS: '20000' };
    expect(faultsOf(env)).toEqual([
      expect.stringMatching(/^PSP_LEASE_MS must be longer than PSP_TIMEOUT_MS .*"20000"/),
    ]);
    expect(faultsOf({ ...env, PSP_LEASE_MS: '20001' })).toEqual([]);
  });

  it('refuses a publishable key without showing it', () => {
    const [fault] = faultsOf({ ...rest, ...stripe, PSP: 'stripe', STRIPE_SECRET_KEY: 'pk_live_abc' });
    expect(fault).toMatch(/^STRIPE_SECRET_KEY must be a secret or restricted key/);
    expect(fault).not.toContain('pk_live_abc');
  });
});
