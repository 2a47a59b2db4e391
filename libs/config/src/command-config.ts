import type { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { loadConfig } from './load-config.ts';

/** The configuration of a command: what is wrong with it is told in plain words, and ends the process with code 78 (EX_CONFIG of sysexits.h). */
export function commandConfig<S extends z.ZodObject>(name: string, schema: S): z.output<S> {
  try {
    return loadConfig(schema);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exit(78);
  }
}
