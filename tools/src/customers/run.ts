import type { CustomerArguments } from './arguments.ts';

/** The rest of a command about one customer: wrong usage is 2, whatever else goes wrong 1. */
export async function runForCustomer(
  usage: string,
  parse: (argv: string[]) => CustomerArguments | undefined,
  run: (given: CustomerArguments) => Promise<number>,
): Promise<number> {
  let given: CustomerArguments | undefined;
  try {
    given = parse(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  if (!given) {
    console.log(usage);
    return 0;
  }
  try {
    return await run(given);
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}
