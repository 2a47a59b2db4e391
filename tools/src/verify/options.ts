import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../runner/settings.ts';
import type { Line } from './line.ts';

export interface Options {
  overlay: string;
  dataDir: string;
  door: string;
  load: string | undefined;
  report: string | undefined;
  lines: readonly Line[];
}

export const help = (lines: readonly Line[]): string => `Usage: npm run cluster:verify -- [OPTION…]

Brings the shop into the cluster that kubectl's context names, observes what the manifests promise, one line each, and prints a
table. Kubernetes, Gateway API, Istio, KEDA and metrics-server are there already (npm run kind:up), Argo Rollouts where the
canary of an operator is to be seen. It breaks pods, databases and routes on purpose, and puts them back: not for a cluster with
customers. It takes some 35 minutes.

  --overlay FOLDER what is deployed; default k8s/overlays/kind
  --door URL       the ingress gateway as this machine reaches it; default http://localhost:8080
  --load COMMAND   brings images of this machine into the cluster, their names follow it:
                   'kind load docker-image --name shop'; without it those that run stay
  --only NAME,…    these lines
  --report FILE    writes what was seen, as Markdown

SHOP_DATA          where the secrets of the cluster are derived from; default .shop/kind

Lines:
${lines.map(({ name, claim }) => `  ${name.padEnd(width(lines))} ${claim}`).join('\n')}

Exit codes: 0 no line failed, 1 some did, 2 wrong usage, 130 stopped.`;

const width = (lines: readonly Line[]): number => Math.max(...lines.map(({ name }) => name.length)) + 1;

/** What the command was asked to do, or what is wrong with it. */
export function optionsFrom(
  args: string[],
  lines: readonly Line[],
  env: NodeJS.ProcessEnv = process.env,
): Options | { help: true } | { wrong: string } {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args,
      options: {
        ...{ overlay: text, door: text, load: text, only: text, report: text },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return { help: true };
    const names = values.only?.split(',');
    const unknown = names?.filter((name) => !lines.some((line) => line.name === name)) ?? [];
    if (unknown.length) return { wrong: `there is no line ${unknown.join(', ')}` };
    return {
      overlay: resolve(root, values.overlay ?? 'k8s/overlays/kind'),
      dataDir: resolve(root, env['SHOP_DATA'] || '.shop/kind'),
      door: (values.door ?? 'http://localhost:8080').replace(/\/$/, ''),
      load: values.load,
      report: values.report && resolve(values.report),
      lines: names ? lines.filter(({ name }) => names.includes(name)) : lines,
    };
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}
