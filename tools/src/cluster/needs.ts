import { findProgram, run } from '../manifests/programs.ts';
import { StartError } from '../runner/settings.ts';

/** A program of others: from which version on, before which, and where it is to be had. */
export interface Need {
  program: string;
  asks: string[];
  from: string;
  before?: string;
  get: string;
}

/** What a cluster of kind needs. istioctl installs the Istio of its own version, so its minor version is the mesh's. */
export const kindNeeds: readonly Need[] = [
  {
    program: 'docker',
    asks: ['version', '--format', '{{.Server.Version}}'],
    from: '24.0',
    get: 'start Docker Engine, or install it: https://docs.docker.com/engine/install',
  },
  {
    program: 'kind',
    asks: ['version'],
    from: '0.31',
    get: 'install it: https://kind.sigs.k8s.io/docs/user/quick-start/#installation',
  },
  {
    program: 'kubectl',
    asks: ['version', '--client', '--output=yaml'],
    from: '1.34',
    get: 'install it: https://kubernetes.io/docs/tasks/tools',
  },
  {
    program: 'istioctl',
    asks: ['version', '--remote=false'],
    from: '1.31',
    before: '1.32',
    get: 'install 1.31: https://github.com/istio/istio/releases',
  },
];

/** The first version in a text, as numbers; undefined where it has none. */
export function versionIn(text: string): number[] | undefined {
  const [version] = /\d+\.\d+(\.\d+)?/.exec(text) ?? [];
  return version?.split('.').map(Number);
}

const atLeast = (version: number[], wanted: number[]): boolean => {
  const index = wanted.findIndex((number, place) => number !== (version[place] ?? 0));
  return index < 0 || (version[index] ?? 0) > wanted[index]!;
};

/** What is wrong with a program that answered this (undefined: it is not there), and what to do; nothing where all is well. */
export function lackOf({ program, from, before, get }: Need, answer: string | undefined): string | undefined {
  if (answer === undefined) return `${program} is not on the PATH: ${get}`;
  const version = versionIn(answer);
  if (!version) return `${program} does not say its version: ${get}`;
  const fits =
    atLeast(version, versionIn(from)!) && (before === undefined || !atLeast(version, versionIn(before)!));
  const wanted = before === undefined ? `${from} or later` : `from ${from}, before ${before}`;
  return fits ? undefined : `${program} is ${version.join('.')}, and ${wanted} is needed: ${get}`;
}

/** Throws with everything that is missing at once; answers the versions that are there. */
export async function demand(needs: readonly Need[]): Promise<string> {
  const answers = await Promise.all(needs.map(answerOf));
  const lacks = needs.map((need, index) => lackOf(need, answers[index])).filter(Boolean);
  if (lacks.length) throw new StartError(lacks.join('\n'));
  return needs
    .map(({ program }, index) => `${program} ${versionIn(answers[index] ?? '')?.join('.')}`)
    .join(', ');
}

async function answerOf({ program, asks }: Need): Promise<string | undefined> {
  const path = findProgram(program);
  return path ? (await run(path, asks)).stdout : undefined;
}
