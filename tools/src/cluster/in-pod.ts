import { kubectl } from './kubectl.ts';

interface Program {
  namespace?: string;
  /** What it finds behind the program's text in `process.argv`. */
  args?: readonly string[];
  /** What it reads. */
  input?: string;
}

/** Runs a Node.js program in the container of a pod, or of one pod of `deployment/NAME`, and returns what it prints. */
export const inPod = (
  pod: string,
  program: string,
  { namespace = 'shop', args = [], input = '' }: Program = {},
): Promise<string> =>
  kubectl(
    [
      ...[
        `--namespace=${namespace}`,
        'exec',
        ...(input ? ['--stdin'] : []),
        pod,
        '--container=app',
        '--quiet',
      ],
      ...['--', 'node', '-e', program, ...args],
    ],
    input,
  );
