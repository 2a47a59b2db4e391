import {
  AuthorisePayment,
  type MessageDefinition,
  newId,
  OrderConfirmed,
  PaymentCaptured,
  ProductChanged,
  ReserveStock,
  StockReserved,
} from '@shop/contracts';
import { orderTopics, POISON_SOURCE } from '../evidence/topic-messages.ts';
import type { Random } from '../random.ts';
import { publish, readRecords, type StoredRecord, type Stretch, stretchesOf } from '../records.ts';
import type { Field, Kind } from './kind.ts';

const COPIES = 40;
const HELD_BACK_MS = 5_000;
const TRIES = 60;

/** Another fault may have the broker just now; whatever is published twice by trying again is one more duplicate. */
async function despiteTheBroker(pause: Field['pause'], work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES) throw error;
    }
    await pause(1_000);
  }
}

/** The last records of a partition. */
const newest = ({ from, to, ...place }: Stretch): Stretch => ({
  ...place,
  from: Math.max(from, to - COPIES),
  to,
});

/** Records from anywhere in a partition. */
const old =
  (random: Random) =>
  ({ from, to, ...place }: Stretch): Stretch => {
    const start = random.between(from, Math.max(from, to - COPIES));
    return { ...place, from: start, to: Math.min(to, start + COPIES) };
  };

const repeated = (
  name: string,
  heldBackMs: number,
  choose: (random: Random) => (stretch: Stretch) => Stretch,
): Kind => ({
  name,
  draw: (random) => ({
    target: 'topics',
    detail: '',
    strike: async ({ kafka, pause }) => {
      let records: StoredRecord[] = [];
      await despiteTheBroker(pause, async () => {
        records = [];
        const stretches = (await stretchesOf(kafka, orderTopics)).map(choose(random));
        await readRecords(kafka, stretches, (record) => void records.push(record));
      });
      await pause(heldBackMs);
      if (records.length > 0) await despiteTheBroker(pause, () => publish(kafka, records));
    },
  }),
});

/** One message for each topic that a group reads, so that each has something to park. */
const victims: MessageDefinition[] = [
  ReserveStock,
  AuthorisePayment,
  StockReserved,
  PaymentCaptured,
  ProductChanged,
  OrderConfirmed,
];
const bodies = ['{ not JSON', '{}', '[]', '{"orderId":"nobody"}'];

const poison: Kind = {
  name: 'poisoned messages',
  draw: (random) => ({
    target: 'topics',
    detail: '',
    strike: async (field) => {
      const letters = victims.map((definition) => poisoned(definition, field, random));
      const records = letters.map(({ record }) => record);
      await despiteTheBroker(field.pause, () => publish(field.kafka, records));
      for (const { id } of letters) field.poisoned.add(id);
    },
  }),
};

/** Under the key of a real order, so that it stands amid messages that matter. */
function poisoned({ topic, type }: MessageDefinition, { youngest }: Field, random: Random) {
  const [id, known] = [newId(), youngest()];
  const key = Buffer.from(known.length > 0 ? random.pick(known) : newId());
  const headers = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: random.chance(0.25) ? type.replace('.v1', '.v9') : type,
    ce_source: POISON_SOURCE,
    ce_time: new Date().toISOString(),
    'content-type': 'application/json',
  };
  return { id, record: { topic, key, value: Buffer.from(random.pick(bodies)), headers } };
}

export const messageKinds: Kind[] = [
  repeated('messages twice', 0, () => newest),
  repeated('messages twice, the second late', HELD_BACK_MS, old),
  poison,
];
