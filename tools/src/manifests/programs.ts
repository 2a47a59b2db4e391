import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../runner/settings.ts';

/**
 * Where programs, schemas and CRDs lie that are not installed (`bin`, `schemas` and `crds` in it): the folder that MANIFEST_TOOLS
 * names, else that of `npm run manifests:tools`.
 */
export const toolsFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  env['MANIFEST_TOOLS'] || join(root, '.nx/manifest-tools');

/** The path of a program: of the PATH, else of the folder for tools. */
export function findProgram(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = [...(env['PATH'] ?? '').split(delimiter), join(toolsFolder(env), 'bin')];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface Answer {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end; `apart`: also when Ctrl-C ends what runs beside it. */
export function run(program: string, args: string[], input = '', { apart = false } = {}): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const child = spawn(program, args, { detached: apart });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.on('error', ({ message }) => resolve({ code: null, stdout, stderr: message }));
  child.stdin.on('error', () => {});
  child.on('close', (code) => resolve({ code, stdout, stderr }));
  child.stdin.end(input);
  return promise;
}
