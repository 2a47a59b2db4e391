import { isDeepStrictEqual } from 'node:util';
import { paint, type Progress } from '@shop/tools';
import type { Options } from './options.ts';
import { removedGuards } from './removed-guards.ts';
import type { Program } from './replica.ts';
import type { Row } from './run.ts';
import type { Target } from './scene.ts';
import { tryAll, tryGatewayAlone } from './shop-access.ts';
import { accessTable, cellsOf, faults } from './table.ts';
import { withoutGuard } from './without-guard.ts';

interface Reporting {
  target: Target;
  /** How the services of a shop of our own were started; of another shop nothing but the gateway is known. */
  programs?: Record<string, Program>;
  progress: Progress;
  options: Options;
}

/** Runs the table and prints it; answers whether all is as it must be. */
export async function report({ target, programs, progress, options }: Reporting): Promise<boolean> {
  const rows = await progress.step('Table', async (note) => {
    let cells = 0;
    return tryAll(target, (row) => note(`${row.operation.app}, ${(cells += row.cells.length)} cells`));
  });
  const alone = programs
    ? await progress.step('Gateway alone', () => tryGatewayAlone(programs['gateway']!, target))
    : [];
  progress.line(`\n${accessTable(rows)}\n\n${verdict(rows, alone)}\n`);
  if (!programs) progress.line(paint.dim('  The services were not asked directly: this shop is not ours.\n'));
  const green = faults([...rows, ...alone]).length === 0;
  if (!options.mutations || !programs) return green;
  return (await mutations({ target, programs, progress, only: options.only })) && green;
}

function verdict(rows: Row[], alone: Row[]): string {
  const red = [...faults(rows), ...faults(alone).map((fault) => `with nothing behind it, ${fault}`)];
  if (red.length > 0) return red.map((fault) => `  ${paint.red('✗')} ${fault}`).join('\n');
  const counted = `${paint.bold(String(cellsOf(rows)))} cells, every one as its rule says`;
  const refused = alone.length
    ? `; ${cellsOf(alone)} refusals again by a gateway with nothing behind it`
    : '';
  return `  ${paint.green('✓')} ${counted}${refused}`;
}

async function mutations({
  target,
  programs,
  progress,
  only,
}: {
  target: Target;
  programs: Record<string, Program>;
  progress: Progress;
  only: string;
}): Promise<boolean> {
  let all = true;
  progress.line(`  ${paint.bold('Guards removed')} ${paint.dim('and the cells that turn red, no other')}\n`);
  for (const guard of removedGuards.filter(({ name }) => name.includes(only))) {
    const { red, wanted } = await withoutGuard(guard, programs[guard.app]!, target);
    const asExpected = isDeepStrictEqual(red, wanted);
    all &&= asExpected;
    const mark = asExpected ? paint.green('✓') : paint.red('✗');
    progress.line(`  ${mark} ${guard.name.padEnd(40)} ${paint.dim(guard.app)}`);
    for (const line of red)
      progress.line(`      ${wanted.includes(line) ? paint.dim(line) : paint.red(line)}`);
    for (const line of wanted.filter((each) => !red.includes(each)))
      progress.line(`      ${paint.red(`not noticed: ${line}`)}`);
  }
  return all;
}
