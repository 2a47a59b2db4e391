import { describe, expect, it } from '@jest/globals';
import { type Caller, callers, expected } from './callers.ts';
import { nameOf, type Operation } from './operations.ts';
import { trialOf } from './samples/index.ts';

const of = (access: Operation['access']) =>
  Object.fromEntries(callers.map((caller: Caller) => [caller.name, expected(access, caller)]));
const brokenAre = (verdict: unknown) =>
  Object.fromEntries(callers.slice(6, 14).map(({ name }) => [name, verdict]));

describe('what a rule means for each caller', () => {
  it('anyone: everybody is let in, whatever their token is', () => {
    expect(new Set(Object.values(of({ who: 'anyone' })))).toEqual(new Set(['in']));
  });

  it('a scope: who has it, and administrators', () => {
    expect(of({ scope: 'orders' })).toEqual({
      ...{ anonymous: 401, owner: 'in', 'other customer': 'in', admin: 'in', service: 403, 'no scope': 403 },
      ...{ ...brokenAre(401), 'wrong secret': 401, 'right secret': 401 },
    });
    expect(of({ scope: 'admin' })).toMatchObject({
      owner: 403,
      'other customer': 403,
      admin: 'in',
      service: 403,
    });
    expect(of({ scope: 'service' })).toMatchObject({ owner: 403, admin: 'in', service: 'in' });
  });

  it('its owner: to others it does not exist', () => {
    const verdicts = of({ scope: 'orders', owner: true });
    expect(verdicts).toMatchObject({ owner: 'in', 'other customer': 404, admin: 'in', 'no scope': 403 });
  });

  it('a secret: who knows it, and no token', () => {
    const verdicts = of({ secret: 'psp-webhook' });
    expect(verdicts).toMatchObject({
      admin: 401,
      'wrong secret': 401,
      'right secret': 'in',
      ...brokenAre(401),
    });
  });
});

describe('an endpoint that nobody told the table how to try', () => {
  const operation: Operation = { app: 'orders', method: 'PUT', path: '/v1/new', access: { scope: 'admin' } };

  it('is named, with where to tell it', () => {
    expect(() => trialOf(operation)).toThrow(
      `${nameOf(operation)} of orders is new: give the table valid input for it in e2e/src/access/samples`,
    );
  });
});
