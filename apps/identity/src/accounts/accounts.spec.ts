import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Accounts } from './accounts.ts';

const file = join(mkdtempSync(join(tmpdir(), 'users-')), 'users.json');
const holding = (text: string) => {
  writeFileSync(file, text);
  return () => new Accounts(file);
};
const carol = { id: 'carol', name: 'Carol', password: 'hunter2-hunter2', scopes: ['orders'] };

describe('those who may sign in', () => {
  it('are known by name and password, and by their whole name', () => {
    const accounts = holding(JSON.stringify({ users: [carol] }))();
    expect(accounts.withPassword('carol', carol.password)).toMatchObject({ id: 'carol', scopes: ['orders'] });
    for (const [id, password] of [
      ['carol', ''],
      ['carol', 'hunter2-hunter'],
      ['Carol', carol.password],
      ['', ''],
    ])
      expect(accounts.withPassword(id!, password!)).toBeUndefined();
  });

  it.each([
    ['a user without a password', JSON.stringify({ users: [{ ...carol, password: '' }] })],
    ['a scope that users cannot have', JSON.stringify({ users: [{ ...carol, scopes: ['service'] }] })],
    ['a field that nobody knows', JSON.stringify({ users: [{ ...carol, role: 'admin' }] })],
    ['nobody', '{"users": []}'],
    ['what is no JSON', '{"users": [{"password": "hunter2-hunter2"'],
  ])('cannot be %s, which is said without showing a password', (_, text) => {
    const load = holding(text);
    expect(load).toThrow(/IDENTITY_USERS/);
    expect(load).not.toThrow(/hunter2/);
  });
});
