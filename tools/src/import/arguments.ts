import { parseArgs } from 'node:util';

export interface Arguments {
  file: string;
  gatewayUrl: string;
  dryRun: boolean;
}

/** Throws what is wrong with the arguments; undefined when help was asked for. */
export function argumentsOf(argv: string[], defaultGateway: () => string): Arguments | undefined {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      gateway: { type: 'string' },
      'dry-run': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  const [file, ...rest] = positionals;
  if (!file || rest.length > 0) throw new Error('name one file');
  const gateway = values.gateway ?? defaultGateway();
  if (!/^https?:\/\//.test(gateway) || !URL.canParse(gateway))
    throw new Error(`--gateway must be an http(s) URL, not "${gateway}"`);
  return { file, gatewayUrl: gateway.replace(/\/+$/, ''), dryRun: values['dry-run'] ?? false };
}
