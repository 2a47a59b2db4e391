import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { routesOf, type Route } from './routes.ts';

/** What the manifests must know of an app: what it reads, what it serves. */
export interface App {
  name: string;
  schema: z.ZodObject;
  settings: z.ZodObject['shape'];
  routes: Route[];
  migrates: boolean;
}

/** All apps, read from their sources. */
export async function readApps(root: string): Promise<Map<string, App>> {
  const names = readdirSync(join(root, 'apps')).sort();
  const apps = await Promise.all(names.map((name) => readApp(root, name)));
  return new Map(apps.map((app) => [app.name, app]));
}

async function readApp(root: string, name: string): Promise<App> {
  const source = join(root, 'apps', name, 'src');
  const exported = `${name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Config`;
  const module = (await import(pathToFileURL(join(source, `${name}.config.ts`)).href)) as Record<
    string,
    z.ZodObject
  >;
  const schema = module[exported];
  if (!schema) throw new Error(`apps/${name}/src/${name}.config.ts does not export ${exported}`);
  return {
    name,
    schema,
    settings: schema.shape,
    routes: routesOf(root, name),
    migrates: existsSync(join(source, 'migrate.ts')),
  };
}
