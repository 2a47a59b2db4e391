import { objectsIn } from '../../../cluster/kubectl.ts';
import { dataPorts } from '../../../manifests/code/edges.ts';
import { readCode } from '../../../manifests/code/index.ts';
import { Overlay } from '../../../manifests/overlay.ts';
import { root } from '../../../runner/settings.ts';
import { expect, type Line, type Note } from '../../line.ts';
import { type Answer, askUntilDecided, verdictOf, words } from './ask.ts';
import { callersOf, type Cell, cellsOf } from './cells.ts';
import { awakeServices } from './awake.ts';
import { cellsOfDoor, cellsOfSignIn, theDoor } from './door.ts';
import { withProbes } from './with-probes.ts';

/** Who may call whom, tried out. */
export const callLine: Line = {
  name: 'calls',
  claim: 'every call that the code makes is answered, and every other is refused by the mesh',
  async observe(stage, note) {
    const overlay = new Overlay('', await objectsIn(stage.overlay));
    const code = await readCode(root);
    const cells = [
      ...cellsOf(overlay, code),
      ...cellsOfDoor(code, await stage.token('alice')),
      ...cellsOfSignIn(overlay),
    ];
    const probes = callersOf(overlay);
    const before = await asleepOf(cells);
    const all = await withProbes({ probes, network: 'open' }, stage, note, () =>
      tryAll(
        cells.filter(({ target }) => !before.includes(target)),
        note,
        stage.signal,
      ),
    );
    // Nobody answers for what has been scaled to nothing, be it meanwhile.
    const asleep = [...new Set([...before, ...(await asleepOf(cells))])];
    const tried = all.filter(({ cell }) => !asleep.includes(cell.target));
    const wrong = tried.filter(isWrong);
    return expect(
      wrong.length === 0,
      [
        `${probes.length} callers: ${summary(tried)}${asleep.length ? `; without a pod: ${asleep.join(', ')}` : ''}`,
        ...wrong.map(sentence),
      ].join('\n'),
    );
  },
};

/** The targets that have no pod at the moment. */
async function asleepOf(cells: readonly Cell[]): Promise<string[]> {
  const awake = [...(await awakeServices()), ...Object.keys(dataPorts), theDoor];
  return [...new Set(cells.map(({ target }) => target))].filter((target) => !awake.includes(target));
}

interface Tried {
  cell: Cell;
  answer: Answer;
}

const isWrong = ({ cell, answer }: Tried) => verdictOf(answer) !== cell.expected;

async function tryAll(cells: readonly Cell[], note: Note, signal: AbortSignal): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const [probe, mine] of Map.groupBy(cells, (cell) => cell.probe)) {
    note(`${mine.length} calls by ${probe.name}`);
    const answers = await askUntilDecided(
      probe,
      mine.map(({ call }) => call),
      signal,
    );
    tried.push(...mine.map((cell, at) => ({ cell, answer: answers[at] ?? {} })));
  }
  return tried;
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
