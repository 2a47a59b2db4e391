import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseNames, places, type Shop } from '@shop/tools';

const SHORTEST = 12;

/** Every secret of a shop: what its services and migrations were given as one, and the keys that it keeps. */
export function secretsOf(shop: Shop): string[] {
  const given = shop.services.flatMap(({ processes }) =>
    processes.flatMap(({ spec }) => Object.entries(spec.env).flatMap(secretIn)),
  );
  const passwords = databaseNames.map((name) => passwordOf(shop.databaseUrl(name, 'owner')));
  const superuser = passwordOf(shop.postgres.adminUrl);
  const { secrets, auth } = places(shop.dataDir);
  const keys = globSync('**/*.pem', { cwd: auth }).flatMap((file) =>
    readFileSync(join(auth, file), 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('-----')),
  );
  const all = [...given, ...passwords, superuser, readFileSync(secrets, 'utf8').trim(), ...keys];
  return [...new Set(all)].filter((secret) => secret.length >= SHORTEST);
}

function secretIn([name, value = '']: [string, string | undefined]): string[] {
  if (/SECRET|PASSWORD|API_KEY|TOKEN/.test(name)) return [value];
  return /^\w+:\/\/[^/]*:[^/]*@/.test(value) ? [passwordOf(value)] : [];
}

const passwordOf = (url: string): string => decodeURIComponent(new URL(url).password);
