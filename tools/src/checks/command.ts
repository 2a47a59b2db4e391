import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Runs a command of this workspace; its output is the one fault when it fails. */
export async function command(root: string, name: string, ...args: string[]): Promise<string[]> {
  const { code, output } = await capture(root, name, args);
  // Tests provoke errors, and what the services log about them would hide the report.
  const report = output.replaceAll(/^\{"level".*\n/gm, '').trim();
  return code === 0 ? [] : [report || `${name} ended with exit code ${code}`];
}

function capture(
  root: string,
  name: string,
  args: string[],
): Promise<{ code: number | null; output: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ code: number | null; output: string }>();
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const env = {
    ...process.env,
    ...colour,
    PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
    NX_DAEMON: 'false',
  };
  const child = spawn(name, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  child.on('error', reject).on('close', (code) => resolve({ code, output }));
  return promise;
}
