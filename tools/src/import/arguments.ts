import { parseArgs } from 'node:util';
import { gatewayUrl } from '../gateway/url-option.ts';

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
  const url = gatewayUrl(values.gateway ?? defaultGateway());
  return { file, gatewayUrl: url, dryRun: values['dry-run'] ?? false };
}
