import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import { EmbeddedKafka } from './kafka.ts';
import { EmbeddedPostgres } from './postgres.ts';
import { commandLine } from './process.ts';

const source = fileURLToPath(new URL('../index.ts', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedded-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a server in a process that then dies without a chance to stop it, and answers the server's pid. */
async function startAndDie(server: 'EmbeddedPostgres' | 'EmbeddedKafka', dataDir: string): Promise<number> {
  const script = `
    import { ${server} } from ${JSON.stringify(source)};
    const server = await new ${server}({ dataDir: ${JSON.stringify(dataDir)} }).start();
    process.stdout.write(String(server.pid), () => process.kill(process.pid, 'SIGKILL'));`;
  const options = ['--conditions=shop-source', '--input-type=module', '-e', script];
  const died = (await promisify(execFile)(process.execPath, options).catch((error: unknown) => error)) as {
    stdout: string;
  };
  return Number(died.stdout);
}

describe('embedded PostgreSQL', () => {
  it('keeps its data across a start that was killed, and stops the server left behind', async () => {
    const dataDir = join(folder, 'postgres');
    const orphan = await startAndDie('EmbeddedPostgres', dataDir);
    expect(commandLine(orphan)).toContain('postgres');
    const server = await new EmbeddedPostgres({ dataDir }).start();
    expect(commandLine(orphan)).toBe('');
    await query(server, 'CREATE TABLE kept AS SELECT 1 AS n');
    await server.kill();
    await server.start();
    expect(await query(server, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await server.destroy();
    expect(commandLine(server.pid)).toBe('');
  });
});

describe('embedded Kafka', () => {
  it('keeps its messages across a crash and a start that was killed', async () => {
    const dataDir = join(folder, 'kafka');
    const orphan = await startAndDie('EmbeddedKafka', dataDir);
    expect(commandLine(orphan)).toContain('kafka.Kafka');
    const broker = await new EmbeddedKafka({ dataDir }).start();
    expect(commandLine(orphan)).toBe('');
    const kafka = new Kafka({ brokers: broker.brokers, logLevel: logLevel.NOTHING });
    const producer = kafka.producer();
    await producer.connect();
    await kafka.admin().createTopics({ topics: [{ topic: 'kept', numPartitions: 1 }], waitForLeaders: true });
    await producer.send({ topic: 'kept', acks: -1, messages: [{ value: 'x' }] });
    await producer.disconnect();
    await broker.kill();
    await broker.start();
    const [offsets] = await kafka.admin().fetchTopicOffsets('kept');
    expect(offsets?.high).toBe('1');
    await broker.destroy();
  });
});

async function query(server: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client(server.adminUrl);
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}
