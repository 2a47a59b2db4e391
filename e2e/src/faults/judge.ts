import { strayLetters } from './checks/letters.ts';
import { stockAddsUp } from './checks/stock.ts';
import { judgeOrders, type OrdersVerdict, type Verdict, verdictOn } from './checks/verdict.ts';
import { historyOf } from './evidence/history.ts';
import { placingKeys } from './evidence/placing-keys.ts';
import { providerBook } from './evidence/provider-book.ts';
import { readOrders } from './evidence/read-orders.ts';
import { TopicMessages } from './evidence/topic-messages.ts';
import { readLetters, readStock } from './evidence/whole-shop.ts';
import type { Load } from './load/load.ts';
import type { Stage } from './load/stage.ts';
import { inDigits } from './progress-line.ts';
import type { Scene } from './scene.ts';
import type { Storm } from './storm.ts';

/** What a run leaves behind besides what is written down in the shop. */
interface Remains {
  load: Load;
  storm: Storm;
  stage: Stage;
  poisoned: ReadonlySet<string>;
  /** What had not settled. */
  open: string[];
}

export interface Judgement extends OrdersVerdict {
  /** All that is known of the first orders with which something is wrong. */
  history: string;
}

const TOLD = 3;

/** Reads databases, topics and the provider's book, and says which promises were kept. */
export function judge(scene: Scene, remains: Remains): Promise<Judgement> {
  const { shop, databases, kafka, book, progress } = scene;
  return progress.step('Checks', async (note) => {
    note('reading the topics');
    const messages = await TopicMessages.read(kafka);
    note('reading the provider’s book');
    const charges = await providerBook(shop.pspUrl);
    note('reading the databases');
    const keys = await placingKeys(databases);
    const { verdicts: ofOrders, outcomes } = await judgeOrders(
      readOrders({ databases, book, keys, messages, charges }),
    );
    const letters = await readLetters(shop.brokers);
    const stock = await readStock(databases, remains.stage.added);
    const verdicts = [
      ...ofOrders,
      verdictOn('stock on hand + sold = all stock ever added', stock, (row) =>
        about(row.productId, stockAddsUp(row)),
      ),
      verdictOn(
        'dead letters: only the poisoned messages',
        strayLetters(remains.poisoned, letters),
        (stray) => stray,
        remains.poisoned.size,
      ),
      ...overall(scene, remains),
    ];
    const broken = verdicts.reduce((sum, verdict) => sum + verdict.broken, 0);
    note(`${inDigits(ofOrders[0]?.checked ?? 0)} orders, ${verdicts.length} promises, ${broken} violations`);
    const suspects = new Set(
      ofOrders.flatMap(({ violations }) => violations.map((violation) => violation.about)),
    );
    const history = await historyOf([...suspects].slice(0, TOLD), { databases, kafka, charges });
    return { verdicts, outcomes, history };
  });
}

function overall({ book }: Scene, { load, storm, open }: Remains): Verdict[] {
  return [
    verdictOn('nothing is under way at the end', open, (what) => ({ about: 'shop', what }), 1),
    verdictOn(
      'every answer is one that the API promises',
      [...book.wrongAnswers, ...load.failures],
      (what) => ({ about: 'client', what }),
      book.accepted.size,
    ),
    verdictOn('orders are confirmed again after every fault', storm.inflicted, ({ kind, detail, failure }) =>
      about(`${kind} ${detail}`, failure),
    ),
  ];
}

const about = (thing: string, what: string | undefined) =>
  what === undefined ? undefined : { about: thing, what };
