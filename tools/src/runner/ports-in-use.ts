import { execFile } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { promisify } from 'node:util';
import { commandLine } from '@shop/testing';

const run = promisify(execFile);

/** Whether something listens on a port of this machine. */
export async function isTaken(port: number): Promise<boolean> {
  return (await accepts(port)) || !(await bindable(port));
}

/** The process that listens on a port, as far as we may see it: `4711 (node apps/gateway/dist/main.js)`. */
export async function holderOf(port: number): Promise<string | undefined> {
  const pid = (await lsof(port)) ?? (await ss(port));
  return pid === undefined ? undefined : `${pid} (${shortened(commandLine(pid))})`;
}

/** The end of a command line says which program it is; the beginning is mostly paths and flags. */
const shortened = (command: string): string => (command.length > 60 ? `…${command.slice(-60)}` : command);

const lsof = (port: number): Promise<number | undefined> =>
  run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fp']).then(
    ({ stdout }) => number(/^p(\d+)/m.exec(stdout)),
    () => undefined,
  );

const ss = (port: number): Promise<number | undefined> =>
  run('ss', ['-ltnpH', `sport = :${port}`]).then(
    ({ stdout }) => number(/pid=(\d+)/.exec(stdout)),
    () => undefined,
  );

const number = (match: RegExpExecArray | null): number | undefined =>
  match?.[1] ? Number(match[1]) : undefined;

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

const bindable = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
