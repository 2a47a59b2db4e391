import { readdirSync, readFileSync } from 'node:fs';

/** Who may use an operation: its `x-access` (libs/service-kit/src/auth/access.ts). */
export type Access = { who: 'anyone' } | { scope: string; owner?: true } | { secret: string };

/** An endpoint of an app. */
export interface Operation {
  app: string;
  method: string;
  path: string;
  access: Access;
}

interface Document {
  paths: Record<string, Record<string, { 'x-access': Access }>>;
}

const folder = new URL('../../../docs/api/openapi/', import.meta.url);

/** Every endpoint of every app, from the OpenAPI documents and nothing else: a new one is in the table because it is in its document. */
export const operations = (): Operation[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted((one, other) => rank(one) - rank(other) || one.localeCompare(other))
    .flatMap((file) => {
      const { paths } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Document;
      return Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({
          app: file.replace('.json', ''),
          method: method.toUpperCase(),
          path,
          access: operation['x-access'],
        })),
      );
    });

/** The way in comes first. */
const rank = (file: string) => (file.startsWith('gateway') ? 0 : 1);

export const nameOf = ({ method, path }: Operation): string => `${method} ${path}`;
