import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { kubectl, rolledOut } from '../../../cluster/kubectl.ts';
import { expect, type Line, type Stage } from '../../line.ts';
import { podsOf, stopwatch } from '../../pods.ts';
import { shoppers } from '../../customers/shoppers.ts';

/** So many that every pod has some of them. */
const slowCalls = 12;
/** Beyond the ten seconds after which a pod is told to end, within the fifteen that a request may take to arrive. */
const slowMs = 13_500;

export const shutdown: Line = {
  name: 'shutdown',
  claim: 'a pod that has to go answers what it has begun, and then ends by itself',
  async observe(stage, note) {
    const [victim] = await podsOf('gateway');
    if (!victim) throw new Error('the gateway has no pod');
    const { name } = victim.metadata;
    const answers = slowOrders(stage);
    // Looked at below; until then a fault of theirs must not end the process.
    answers.catch(() => {});
    await pause(2_000, undefined, { signal: stage.signal });
    const since = stopwatch();
    await kubectl(['--namespace=shop', 'delete', `pod/${name}`, '--wait=false']);
    note(`${name} has to go`);
    const [statuses, ended] = await Promise.all([
      answers,
      endOf(name).then((end) => ({ end, seconds: since() })),
    ]);
    await rolledOut('gateway');
    const accepted = statuses.filter((status) => status === 202).length;
    return expect(
      accepted === slowCalls && ended.end === 'Completed' && ended.seconds >= slowMs / 1000 - 2,
      `${accepted} of ${slowCalls} orders answered that were on their way when ${name} had to go; it ended after ${ended.seconds} s: ${ended.end}`,
    );
  },
};

/** Orders whose second half is sent late. */
async function slowOrders(stage: Stage): Promise<number[]> {
  const { wanted, token } = await shoppers(stage);
  const text = JSON.stringify(wanted);
  const call = async () => {
    const answer = await fetch(`${stage.door}/v1/orders`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: inTwo(text),
      duplex: 'half',
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  return Promise.all(Array.from({ length: slowCalls }, () => call().catch(() => 0)));
}

function inTwo(text: string): ReadableStream<Uint8Array> {
  const [first, second] = [text.slice(0, text.length / 2), text.slice(text.length / 2)];
  return ReadableStream.from(
    (async function* () {
      yield new TextEncoder().encode(first);
      await pause(slowMs);
      yield new TextEncoder().encode(second);
    })(),
  );
}

/** How the application of a pod ended: `Completed` is an exit code of 0. */
async function endOf(pod: string): Promise<string> {
  const path = '{.status.containerStatuses[?(@.name=="app")].state.terminated.reason}';
  const wait = ['wait', `pod/${pod}`, `--for=jsonpath=${path}`, '--timeout=90s', `--output=jsonpath=${path}`];
  return (await kubectl(['--namespace=shop', ...wait])).trim();
}
