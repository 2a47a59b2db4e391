import { describe, expect, it } from '@jest/globals';
import { undeclaredImports, type Project } from './declared-imports.ts';

const project = (
  name: string,
  sets: Partial<Record<'imports' | 'declared' | 'references', string[]>> = {},
): Project => ({
  name: `@shop/${name}`,
  path: `libs/${name}`,
  imports: new Set(sets.imports),
  declared: new Set(sets.declared),
  references: new Set(sets.references),
});

const faults = (orders: Parameters<typeof project>[1]) =>
  undeclaredImports([project('orders', orders), project('config')], new Set(['zod']));

describe('imports, dependencies and references', () => {
  it('agree', () => {
    const config = ['@shop/config'];
    expect(
      faults({ imports: [...config, 'zod', '@shop/orders'], declared: config, references: config }),
    ).toEqual([]);
  });

  it('disagree when an import is declared nowhere', () => {
    expect(faults({ imports: ['@shop/config'] })).toEqual([
      'libs/orders: package.json lacks @shop/config',
      'libs/orders: tsconfig.json lacks a reference to @shop/config',
    ]);
  });

  it('disagree when only the reference is missing', () => {
    expect(faults({ imports: ['@shop/config'], declared: ['@shop/config'] })).toEqual([
      'libs/orders: tsconfig.json lacks a reference to @shop/config',
    ]);
  });

  it('disagree when nothing imports what is declared', () => {
    expect(faults({ declared: ['@shop/config'], references: ['@shop/config'] })).toEqual([
      'libs/orders: declares or references @shop/config but never imports it',
    ]);
  });

  it('disagree when a package is not one of the root', () => {
    expect(faults({ imports: ['lodash'] })).toEqual([
      'libs/orders: imports lodash, which the root package.json does not list',
    ]);
    expect(faults({ declared: ['zod'] })).toEqual([
      'libs/orders: declares zod; third-party packages belong in the root package.json',
    ]);
  });
});
