import { createHmac } from 'node:crypto';
import { newId } from '@shop/contracts';
import { eventually } from '@shop/testing';
import type { Random } from '../random.ts';
import type { Field, Kind } from './kind.ts';

type Temper = { failRate?: number; lostAnswerRate?: number; delayMs?: number };

/** Makes the provider misbehave for everyone, or behave again. It may be down just now, and forgets when it starts again. */
const setTemper = ({ shop }: Field, temper: Temper): Promise<void> =>
  eventually(
    async () => {
      const response = await fetch(`${shop.pspUrl}/v1/sandbox/faults`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${shop.secret('psp-api-key')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(temper),
      });
      if (response.status !== 200) throw new Error(`the provider answered ${response.status}`);
    },
    { timeoutMs: 30_000, everyMs: 200 },
  );

const illTempered = (name: string, draw: (random: Random) => { temper: Temper; detail: string }): Kind => ({
  name: `provider ${name}`,
  draw: (random) => {
    const [{ temper, detail }, seconds] = [draw(random), random.between(4, 8)];
    return {
      target: 'psp-sandbox',
      detail: `${detail} for ${seconds} s`,
      strike: async (field) => {
        await setTemper(field, temper);
        await field.pause(seconds * 1_000).finally(() => setTemper(field, {}));
      },
    };
  },
});

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const webhooks: Kind = {
  name: 'webhooks twice, out of order',
  draw: (random) => ({
    target: 'topics',
    detail: '',
    strike: async (field) => {
      const hooks = random
        .shuffled([...field.youngest()])
        .flatMap((orderId) => [webhook(orderId, random), webhook(orderId, random)]);
      const urls = field.shop.service('payments').processes.map(({ url }) => `${url}/v1/webhooks/psp`);
      // A replica that is down just now misses its copy, as it would the real one.
      await Promise.all(
        random
          .shuffled([...hooks, ...hooks])
          .map((body) => send(field, random.pick(urls), body).catch(() => {})),
      );
    },
  }),
};

const webhook = (reference: string, random: Random): string => {
  const type = random.pick(['authorised', 'captured', 'voided', 'refunded', 'declined']);
  const event = {
    id: newId(),
    type: `payment.${type}`,
    createdAt: new Date().toISOString(),
    payment: { id: newId(), reference },
  };
  return JSON.stringify({ events: [event, event] });
};

async function send({ shop }: Field, url: string, body: string): Promise<void> {
  const seconds = Math.floor(Date.now() / 1_000);
  const mac = createHmac('sha256', shop.secret('psp-webhook')).update(`${seconds}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'psp-signature': `t=${seconds},v1=${mac}` };
  await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(5_000) });
}

export const providerKinds: Kind[] = [
  illTempered('loses answers', (random) => {
    const lostAnswerRate = random.pick([0.2, 0.5, 1]);
    return { temper: { lostAnswerRate }, detail: percent(lostAnswerRate) };
  }),
  illTempered('answers slowly', (random) => {
    const delayMs = random.between(500, 6_000);
    return { temper: { delayMs }, detail: `${delayMs} ms` };
  }),
  illTempered('answers 5xx', (random) => {
    const failRate = random.pick([0.2, 0.5, 1]);
    return { temper: { failRate }, detail: percent(failRate) };
  }),
  webhooks,
];
