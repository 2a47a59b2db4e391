import { readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'page');
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Names come from telemetry, which anybody on this machine may send: the page runs its own scripts and no others. */
const policy = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page's files by path. Only what lies in the folder is known, so no path leads out of it. */
export function assets(): (path: string, response: ServerResponse) => boolean {
  const names = new Set(readdirSync(folder).filter((name) => extname(name) in types));
  return (path, response) => {
    const name = path === '/' ? 'index.html' : path.slice(1);
    if (!names.has(name)) return false;
    response.writeHead(200, {
      'content-type': types[extname(name)],
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    response.end(readFileSync(join(folder, name)));
    return true;
  };
}
