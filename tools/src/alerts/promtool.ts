import { spawn } from 'node:child_process';

/** Where promtool comes from when it is not installed. */
export const image = process.env['PROMETHEUS_IMAGE'] || 'prom/prometheus:v3.5.3';

export interface Answer {
  code: number | null;
  output: string;
}

export interface Promtool {
  /** For the reader: which one it is. */
  from: string;
  /** Paths are relative to the repository. */
  run(args: string[], input?: string): Promise<Answer>;
}

/** promtool of this machine, else that of the Docker image; undefined where there is neither. */
export async function findPromtool(root: string): Promise<Promtool | undefined> {
  const docker = ['run', '--rm', '-i', '--network=none', '-v', `${root}:/shop:ro`, '-w', '/shop'];
  const ways: [from: string, command: string, args: string[]][] = [
    ['installed', 'promtool', []],
    [image, 'docker', [...docker, '--entrypoint', '/bin/promtool', image]],
  ];
  for (const [from, command, before] of ways) {
    const run = (args: string[], input = '') => answerOf(root, command, [...before, ...args], input);
    const { code, output } = await run(['--version']);
    const version = /version \d[\w.+-]*/.exec(output)?.[0];
    if (code === 0 && version) return { from: `${version}, ${from}`, run };
  }
  return undefined;
}

function answerOf(cwd: string, command: string, args: string[], input: string): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const child = spawn(command, args, { cwd });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  // Nobody of that name, or it ended without reading its input: the exit code tells.
  child.on('error', ({ message }) => resolve({ code: null, output: message }));
  child.stdin.on('error', () => {});
  child.on('close', (code) => resolve({ code, output: output.trim() }));
  child.stdin.end(input);
  return promise;
}
