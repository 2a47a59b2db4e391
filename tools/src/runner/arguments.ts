/** For commands without arguments: `--help` prints the usage and ends with 0, anything else with 2. */
export function expectNoArguments(usage: string): void {
  const [first] = process.argv.slice(2);
  if (first === undefined) return;
  const asked = first === '--help' || first === '-h';
  if (asked) console.log(usage);
  else console.error(`there is no argument "${first}"\n\n${usage}`);
  process.exit(asked ? 0 : 2);
}
