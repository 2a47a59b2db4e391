import { setTimeout as pause } from 'node:timers/promises';
import { objectsIn } from '../../../cluster/kubectl.ts';
import { readCode } from '../../../manifests/code/index.ts';
import { Overlay } from '../../../manifests/overlay.ts';
import { root } from '../../../runner/settings.ts';
import { expect, type Line, type Note } from '../../line.ts';
import { type Answer, ask, verdictOf, words } from './ask.ts';
import { callersOf, type Cell, cellsOf, cellsOfDoor, theDoor } from './cells.ts';
import { withProbes } from './with-probes.ts';

/** Who may call whom, tried out. */
export const callLine: Line = {
  name: 'calls',
  claim: 'every call that the code makes is answered, and every other is refused by the mesh',
  async observe(stage, note) {
    const overlay = new Overlay('', await objectsIn(stage.overlay));
    const code = await readCode(root);
    const cells = [...cellsOf(overlay, code), ...cellsOfDoor(code, await stage.token('alice'))];
    const probes = callersOf(overlay);
    const tried = await withProbes({ probes, network: 'open' }, stage, note, () =>
      tryAll(cells, note, stage.signal),
    );
    const wrong = tried.filter(isWrong);
    return expect(
      wrong.length === 0,
      [`${probes.length} callers: ${summary(tried)}`, ...wrong.map(sentence)].join('\n'),
    );
  },
};

interface Tried {
  cell: Cell;
  answer: Answer;
}

const isWrong = ({ cell, answer }: Tried) => verdictOf(answer) !== cell.expected;

const settleMs = 5_000;
const attempts = 3;

/** The way to a pod may open late. What nobody has decided is asked again; an answer is one, whether right or wrong. */
async function tryAll(
  cells: readonly Cell[],
  note: Note,
  signal: AbortSignal,
  left = attempts,
): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const [probe, mine] of Map.groupBy(cells, (cell) => cell.probe)) {
    signal.throwIfAborted();
    note(`${mine.length} calls by ${probe.name}`);
    const answers = await ask(
      probe,
      mine.map(({ call }) => call),
    );
    tried.push(...mine.map((cell, at) => ({ cell, answer: answers[at] ?? {} })));
  }
  const undecided = tried.filter(({ answer }) => verdictOf(answer) === 'undecided');
  if (undecided.length === 0 || left <= 1) return tried;
  await pause(settleMs, undefined, { signal });
  const again = await tryAll(
    undecided.map(({ cell }) => cell),
    note,
    signal,
    left - 1,
  );
  return [...tried.filter((one) => !undecided.includes(one)), ...again];
}

/** What must become of a call, in the words of the table. */
function groupOf({ probe, target, expected }: Cell): string {
  if (target === theDoor) return 'by the door as its policy says';
  if (probe.plain) return 'in plaintext cut off';
  return expected === 'answered' ? 'calls of the code answered' : 'others refused';
}

const summary = (tried: readonly Tried[]): string =>
  [...Map.groupBy(tried, ({ cell }) => groupOf(cell))]
    .map(([group, some]) => `${some.filter((one) => !isWrong(one)).length} of ${some.length} ${group}`)
    .join(', ');

const sentence = ({ cell: { probe, target, call, expected }, answer }: Tried): string =>
  `${probe.name} → ${target} ${'hello' in call ? call.port : `${call.method} ${call.path}`}: ${words(answer)}, not ${expected}`;
