import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { StartError } from '../runner/settings.ts';

export interface Forwarded {
  url: string;
  stop(): Promise<void>;
}

/** The port in what kubectl prints once it forwards. */
export const portIn = (output: string): string | undefined => /127\.0\.0\.1:(\d+) ->/.exec(output)?.[1];

/** A door for this machine to a pod, past the mesh: kubectl reaches it from within, where only its own containers are. */
export async function forward(namespace: string, target: string, port: number): Promise<Forwarded> {
  const child = spawn('kubectl', [`--namespace=${namespace}`, 'port-forward', target, `:${port}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let output = '';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const read = (text: string) => {
    output += text;
    const local = portIn(output);
    if (local) resolve(local);
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', read);
  child.once('error', reject);
  child.once('close', () => reject(new StartError(`kubectl cannot reach ${target}:\n${output.trim()}`)));
  const local = await promise;
  return {
    url: `http://127.0.0.1:${local}`,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
