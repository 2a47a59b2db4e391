import { parseArgs } from 'node:util';
import { gatewayUrl } from '../gateway/url-option.ts';

export interface CustomerArguments {
  customer: string;
  gatewayUrl: string;
  /** Where an export goes instead of to stdout. */
  out: string | undefined;
  /** Erase without asking. */
  yes: boolean;
}

/** Throws what is wrong with the arguments; undefined when help was asked for. */
export function argumentsOf(
  argv: string[],
  own: 'out' | 'yes',
  defaultGateway: () => string,
): CustomerArguments | undefined {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      gateway: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      ...(own === 'out' ? { out: { type: 'string' } } : { yes: { type: 'boolean' } }),
    } as const,
  }) as { values: { gateway?: string; help?: boolean; out?: string; yes?: boolean }; positionals: string[] };
  if (values.help) return undefined;
  const [customer, ...rest] = positionals;
  if (!customer || rest.length > 0) throw new Error('name one customer');
  const url = gatewayUrl(values.gateway ?? defaultGateway());
  return {
    customer,
    gatewayUrl: url,
    out: values.out,
    yes: values.yes ?? false,
  };
}
