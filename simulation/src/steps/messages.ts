import type { Mishap } from '../memory/transactions.ts';
import type { Simulation } from '../schedule/simulation.ts';
import { orderName } from '../shop/names.ts';
import { type Message, nameOf } from '../transport/message.ts';
import type { Partition } from '../transport/partition.ts';
import type { Service } from '../transport/service.ts';
import { mishapOf, type Step, told } from './step.ts';

const REFUSED_MS = 30_000;

const list = (messages: readonly Message[]) =>
  messages.map((each) => `${nameOf(each)} ${orderName(each.key)}`).join(', ');
const place = ({ topic, number }: Partition) => `${topic.split('.').slice(1, 3).join(' ')}/${number}`;

/** A relay sends the first rows of a key, and mostly lives to delete them. Now and then the broker refuses one. */
export const relay: Step = (sim, choice) => {
  const found = choice.one(sendable(sim));
  if (!found) return false;
  const { service, key, rows } = found;
  const fate = choice.of(16);
  const sent = rows.slice(0, rows.length - choice.of(rows.length));
  if (fate === 15) return refuse(sim, service, sent[0]!);
  sim.shop.broker.send(sent);
  const dies = fate > 12;
  sim.note(
    () => `${service.name} relay sends ${list(sent)}${dies ? ' and dies before it deletes them' : ''}`,
  );
  if (dies) sim.saw('relay died between send and delete');
  else service.outbox.remove(key, sent);
  return true;
};

function sendable(sim: Simulation): { service: Service; key: string; rows: Message[] }[] {
  const { now } = sim.shop.clock;
  const found = [];
  for (const service of sim.shop.services) {
    for (const key of service.outbox.rows.keys()) {
      const rows = service.outbox.sendable(key, now);
      if (rows.length > 0) found.push({ service, key, rows });
    }
  }
  return found;
}

function refuse(sim: Simulation, { name, outbox }: Service, row: Message): true {
  sim.note(() => `the broker refuses ${list([row])} of ${name} for a while`);
  sim.saw('message refused by the broker');
  outbox.blocked.set(row.id, sim.shop.clock.now + REFUSED_MS);
  return true;
}

/** A consumer hands over what has gathered in a partition, or the first of it. */
export const consume: Step = async (sim, choice) => {
  const waiting = sim.shop.services.flatMap((service) =>
    service.partitions.filter(({ waiting }) => waiting > 0).map((partition) => ({ service, partition })),
  );
  const found = choice.one(waiting);
  if (!found) return false;
  const { service, partition } = found;
  const mishap = mishapOf(choice);
  const count = partition.waiting - choice.of(partition.waiting);
  const batch = partition.log.slice(partition.position, partition.position + count);
  sim.note(() => `${service.name} handles ${place(partition)}: ${list(batch)}${told(mishap)}`);
  if (await deliver(sim, service, batch, mishap, partition)) partition.position += count;
  else if (choice.of(2) === 1) die(sim, service, partition.number);
  return true;
};

const deliver = (
  sim: Simulation,
  service: Service,
  batch: readonly Message[],
  mishap?: Mishap,
  partition?: Partition,
) => sim.risk(service.transactions, mishap, () => service.deliver(batch, partition));

/** The first message of a partition fails for now, and waits elsewhere; what was behind it comes first. */
export const postpone: Step = (sim, choice) => {
  const waiting = sim.shop.services.flatMap((service) =>
    service.partitions.filter(({ waiting }) => waiting > 0).map((partition) => ({ service, partition })),
  );
  const found = choice.one(waiting);
  if (!found) return false;
  const { service, partition } = found;
  const message = partition.log[partition.position]!;
  service.retries.push(message);
  sim.saw('message through the retry topic');
  const dies = choice.onceIn(8);
  sim.note(() => `${service.name} postpones ${list([message])}${dies ? ' and dies' : ''}`);
  if (dies) die(sim, service, partition.number);
  else partition.position++;
  return true;
};

export const retry: Step = async (sim, choice) => {
  const found = choice.one(sim.shop.services.filter(({ retries }) => retries.length > 0));
  if (!found) return false;
  const mishap = mishapOf(choice);
  const index = choice.of(found.retries.length);
  const message = found.retries[index]!;
  sim.note(() => `${found.name} tries again: ${list([message])}${told(mishap)}`);
  if (await deliver(sim, found, [message], mishap)) found.retries.splice(index, 1);
  return true;
};

/** A relay that lost its lanes long ago finishes its last request. */
export const repeatOld: Step = (sim, choice) => {
  const partition = choice.one(
    sim.shop.services.flatMap(({ partitions }) => partitions.filter(({ log }) => log.length > 0)),
  );
  if (!partition) return false;
  const { key } = partition.log[choice.of(partition.log.length)]!;
  const sent = partition.log.filter((message) => message.key === key);
  const from = choice.of(sent.length);
  const copies = sent.slice(from, from + 1 + choice.of(3));
  sim.note(() => `copies arrive late in ${place(partition)}: ${list(copies)}`);
  sim.saw('late copies of messages');
  sim.shop.broker.send(copies);
  return true;
};

export const commitOffset: Step = (sim, choice) => {
  const partition = choice.one(
    sim.shop.services.flatMap(({ partitions }) =>
      partitions.filter((each) => each.committed < each.position),
    ),
  );
  partition?.commitOffset();
  return partition !== undefined;
};

/** A process dies between two steps. */
export const dieAtRest: Step = (sim, choice) => {
  const service = choice.one(sim.shop.services)!;
  die(sim, service, choice.of(2));
  return true;
};

function die(sim: Simulation, service: Service, number: number): void {
  sim.note(() => `${service.name} dies and starts again`);
  sim.saw(`${service.name} died`);
  if (service === sim.shop.payments.service) return sim.shop.payments.die(number);
  for (const partition of service.partitions) partition.takeOver();
}
