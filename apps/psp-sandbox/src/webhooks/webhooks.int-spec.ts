import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../sandbox.fixture.ts';
import { sign } from './signature.ts';

const secret = 'a-secret-of-the-webhooks';

describe('webhooks', () => {
  let merchant: Server;
  let sandbox: Sandbox;
  let settings: Record<string, string>;
  let received: { request: IncomingMessage; body: string }[];
  let refusals: number;
  /** The merchant answers when it is resolved. */
  let taken: Promise<void>;

  const until = async (count: number) => {
    for (let i = 0; received.length < count && i < 200; i++) await pause(25);
    return received;
  };

  beforeEach(async () => {
    received = [];
    refusals = 0;
    taken = Promise.resolve();
    merchant = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      received.push({ request, body });
      await taken;
      response.writeHead(refusals-- > 0 ? 500 : 204).end();
    });
    await new Promise<void>((resolve) => merchant.listen(0, '127.0.0.1', resolve));
    const { port } = merchant.address() as AddressInfo;
    settings = { PSP_WEBHOOK_URL: `http://127.0.0.1:${port}/hook?a=1`, PSP_WEBHOOK_SECRET: secret };
    sandbox = await startSandbox(settings);
  });
  afterEach(async () => {
    await sandbox.close();
    merchant.closeAllConnections();
    merchant.close();
  });

  it('tell what changed, several changes at once, signed over time and body', async () => {
    const busy = Promise.withResolvers<void>();
    taken = busy.promise;
    await sandbox.authorise('tok_ok');
    await until(1);
    // What changes while a webhook is under way comes with the next.
    const { body: payment } = await sandbox.authorise('tok_ok');
    await sandbox.post(`/v1/payments/${payment.id}/capture`, 'c');
    busy.resolve();
    const [, hook] = await until(2);
    const { events } = JSON.parse(hook!.body) as { events: object[] };
    expect(events).toMatchObject([
      {
        id: expect.any(String),
        type: 'payment.authorised',
        payment: { id: payment.id, reference: payment.reference },
      },
      { type: 'payment.captured' },
    ]);
    const signature = hook!.request.headers['psp-signature'] as string;
    expect(signature).toBe(sign([secret], hook!.body, Number(/^t=(\d+)/.exec(signature)?.[1])));
    expect(hook!.request.url).toBe('/hook?a=1');
  });

  it('are signed with both secrets while the secret is changed', async () => {
    await sandbox.close();
    sandbox = await startSandbox({ ...settings, PSP_WEBHOOK_SECRET_PREVIOUS: 'the-secret-of-yesterday' });
    await sandbox.authorise('tok_ok');
    const [hook] = await until(1);
    const signature = hook!.request.headers['psp-signature'] as string;
    const [time, ...macs] = signature.split(',');
    const by = (used: string) => sign([used], hook!.body, Number(time!.slice(2))).split(',')[1];
    expect(macs).toEqual([by(secret), by('the-secret-of-yesterday')]);
  });

  it('are repeated until they are taken', async () => {
    refusals = 2;
    await sandbox.authorise('tok_ok');
    const hooks = await until(3);
    expect(new Set(hooks.map(({ body }) => body)).size).toBe(1);
  });
});
