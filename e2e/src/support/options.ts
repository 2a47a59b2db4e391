import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** What is wrong with the arguments of a command. */
export class UsageError extends Error {}

/** The values of arguments that are all options, among them `--help`; throws a UsageError. */
export function optionValues<const O extends ParseArgsOptionsConfig>(args: string[], own: O) {
  const options = { ...own, help: { type: 'boolean', short: 'h' } } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** A whole number within bounds; throws a UsageError. */
export function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most)
    throw new UsageError(`--${name} must be a whole number from ${least} to ${most}, not "${text}"`);
  return value;
}

/** The options of this process, unless it ends: with 0 when help was asked for, with 2 when they are wrong. */
export function optionsOrExit<Options>(parse: (args: string[]) => Options | 'help', usage: string): Options {
  try {
    const options = parse(process.argv.slice(2));
    if (options !== 'help') return options;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}
