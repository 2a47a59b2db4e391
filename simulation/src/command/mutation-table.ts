import { mutationNames, mutations } from '../mutations/mutations.ts';
import { explore } from '../schedule/explore.ts';
import { bold, dim, green, red, whole } from './text.ts';

const MOST = 20_000;

/** Breaks each promise in turn and tells after how many schedules that was noticed; answers whether each was. */
export async function mutationTable(seed: number): Promise<boolean> {
  let all = true;
  console.log(dim(`    ${'mutation'.padEnd(24)}${'schedules'.padStart(9)}   noticed by`));
  for (const mutation of mutationNames) {
    const found = await explore({ schedules: MOST, seed, mutation, endOnFailure: true }, {});
    all &&= found !== undefined;
    const noticed = found ? found.violation : red(`not noticed in ${whole(MOST)}`);
    console.log(
      `  ${found ? green('✓') : red('✗')} ${bold(mutation.padEnd(24))}${whole(found?.after ?? MOST).padStart(9)}   ${noticed}\n    ${dim(mutations[mutation].breaks)}`,
    );
  }
  return all;
}
