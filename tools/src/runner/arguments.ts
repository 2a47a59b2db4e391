import { parseArgs } from 'node:util';

/** Which of a command's flags were given. `--help` prints the usage and ends with 0, anything unknown with 2. */
export function flags<Name extends string>(
  usage: string,
  names: readonly Name[] = [],
): Record<Name, boolean> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'boolean' as const }]));
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean', short: 'h' } } });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    return Object.fromEntries(names.map((name) => [name, name in values])) as Record<Name, boolean>;
  } catch {
    const [first] = process.argv
      .slice(2)
      .filter((argument) => !names.some((name) => argument === `--${name}`));
    console.error(`there is no argument "${first}"\n\n${usage}`);
    process.exit(2);
  }
}

/** For commands without arguments: `--help` prints the usage and ends with 0, anything else with 2. */
export function expectNoArguments(usage: string): void {
  flags(usage);
}
