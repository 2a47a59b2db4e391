import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ConfigError, type ConfigFault } from './config-error.ts';
import { isSecret } from './secret.ts';

/**
 * Parses the environment once. The schema's keys are the variables' names; `NAME_FILE` reads a value from a file,
 * and an empty string counts as unset. Throws a {@link ConfigError} that names every fault.
 */
export function loadConfig<S extends z.ZodObject>(
  schema: S,
  env: NodeJS.ProcessEnv = process.env,
): z.output<S> {
  const values: Record<string, string | undefined> = {};
  const faults: ConfigFault[] = [];
  for (const name of Object.keys(schema.shape)) {
    try {
      values[name] = valueOf(name, env);
    } catch (error) {
      faults.push({ name, message: (error as Error).message });
    }
  }
  const result = schema.safeParse(values);
  const known = new Set(faults.map((fault) => fault.name));
  for (const issue of result.error?.issues ?? []) {
    const name = String(issue.path[0] ?? 'configuration');
    if (!known.has(name))
      faults.push({
        name,
        message: describe(issue, values[name], schema.shape[name] as z.ZodType | undefined),
      });
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze(result.data) as z.output<S>;
}

function valueOf(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const direct = env[name] || undefined;
  const file = env[`${name}_FILE`] || undefined;
  if (!file) return direct;
  if (direct) throw new Error(`is set twice, by ${name} and by ${name}_FILE`);
  return readFrom(file, `${name}_FILE`) || undefined;
}

function readFrom(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`cannot read the file that ${variable} names (${code})`, { cause: error });
  }
}

function describe(issue: z.core.$ZodIssue, value: string | undefined, schema: z.ZodType | undefined): string {
  if (value === undefined) return schema ? 'is required' : issue.message;
  if (schema && isSecret(schema)) return issue.message.replaceAll(value, '***');
  return `${issue.message} (is ${JSON.stringify(value)})`;
}
