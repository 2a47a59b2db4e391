import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { expect, it } from '@jest/globals';
import { preflight } from './preflight.ts';
import { randomPorts } from './random-ports.ts';

it('names every taken port, who has it and the variable that chooses another', async () => {
  const ports = await randomPorts();
  const servers = [ports.gateway, ports.kafka].map((port) => createServer().listen(port, '127.0.0.1'));
  const refused = await preflight(tmpdir(), ports).then(
    () => '',
    (error: Error) => error.message,
  );
  for (const server of servers) server.close();
  expect(refused).toContain(`port ${ports.gateway} for gateway is taken`);
  expect(refused).toContain(`process ${process.pid}`);
  expect(refused).toContain('set GATEWAY_PORT');
  expect(refused).toContain('set KAFKA_PORT');
});
