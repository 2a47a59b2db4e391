import { eventually } from '@shop/testing';
import { inPod } from '../../../cluster/in-pod.ts';
import { kubectl } from '../../../cluster/kubectl.ts';
import { expect, type Line } from '../../line.ts';
import { isReady, podsOf, restartsOf, stopwatch } from '../../pods.ts';
import { underReads } from '../../customers/load.ts';

/** Runs beside the service in its container, so it is text: opens the inspector of the first process, and gives it no rest. */
const block = `
process.kill(1, 'SIGUSR1');
setTimeout(async () => {
  const [target] = await (await fetch('http://127.0.0.1:9229/json/list')).json();
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  socket.onopen = () => {
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: 'while (true) {}' } }));
    setTimeout(() => process.exit(), 500);
  };
}, 500);
`;

export const liveness: Line = {
  name: 'liveness',
  claim: 'a process whose event loop hangs is restarted, and the other one serves meanwhile',
  async observe(stage, note) {
    const [victim] = await podsOf('catalog');
    if (!victim) throw new Error('the catalogue has no pod');
    const { name } = victim.metadata;
    const { result: seconds, tally } = await underReads(stage, async () => {
      await inPod(name, block);
      note(`${name} hangs`);
      const since = stopwatch();
      await eventually(
        async () => {
          const pod = (await podsOf('catalog')).find(({ metadata }) => metadata.name === name);
          if (!pod) throw new Error(`${name} is gone`);
          if (restartsOf(pod) <= restartsOf(victim) || !isReady(pod)) throw new Error(`${name} still hangs`);
        },
        { timeoutMs: 180_000, everyMs: 1_000 },
      ).catch(async (error: unknown) => {
        // Else it would go on for ever.
        await kubectl(['--namespace=shop', 'delete', `pod/${name}`, '--ignore-not-found', '--wait=false']);
        throw error;
      });
      return since();
    });
    const failed = await probesFailed(name);
    return expect(
      failed > 0 && tally.failed === 0,
      `${name} failed its liveness probe ${failed} times, was restarted, and was ready again after ${seconds} s; meanwhile ${tally}`,
    );
  },
};

async function probesFailed(pod: string): Promise<number> {
  const selector = `involvedObject.name=${pod},reason=Unhealthy`;
  const text = await kubectl([
    '--namespace=shop',
    'get',
    'events',
    `--field-selector=${selector}`,
    '--output=json',
  ]);
  const { items } = JSON.parse(text) as { items: { message: string; count?: number }[] };
  return items
    .filter(({ message }) => message.startsWith('Liveness probe failed'))
    .reduce((sum, { count = 1 }) => sum + count, 0);
}
