import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { eventually } from '@shop/testing';
import { allowed } from './leaks/allowed.ts';
import { wanted } from './leaks/canaries.ts';
import { findLeaks, unused } from './leaks/find-leaks.ts';
import { type OtlpSink, otlpSink } from './leaks/otlp-sink.ts';
import { readInvoices, writeInvoices } from './leaks/invoices.ts';
import type { Secret } from './leaks/patterns.ts';
import { type Reading, readLogs, readMetrics, readTables, readTopics } from './leaks/places.ts';
import { refusingMailServer } from './leaks/refusing-mail-server.ts';
import { Story } from './leaks/story.ts';
import { ownShop } from './support/shop.ts';
import { type SpawnedShop, spawnShop, stopShop } from './support/spawn-shop.ts';

const EXPORT_MS = 500;

/** Says everything, and sends all of it. */
const talkative = (collector: string) => ({
  LOG_LEVEL: 'debug',
  OTEL_EXPORTER_OTLP_ENDPOINT: collector,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_TRACES_SAMPLER: 'always_on',
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'otlp',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_BSP_SCHEDULE_DELAY: String(EXPORT_MS),
  OTEL_BLRP_SCHEDULE_DELAY: String(EXPORT_MS),
  OTEL_METRIC_EXPORT_INTERVAL: String(EXPORT_MS),
});

/** A busy machine is no reason to reject an order. */
const patient = {
  RESERVE_TIMEOUT_MS: '120000',
  AUTHORISE_TIMEOUT_MS: '120000',
  COMPLETE_TIMEOUT_MS: '120000',
};

describe('a shop that a person has ordered from, in every way', () => {
  let sink: OtlpSink;
  let mailServer: Awaited<ReturnType<typeof refusingMailServer>>;
  let spawned: SpawnedShop;
  let story: Story;
  let secrets: Secret[];
  const readings: Reading[] = [];

  beforeAll(async () => {
    // The shop under test is another one then, and it may be that none can be started here.
    if (process.env['BASE_URL']) return;
    sink = await otlpSink();
    mailServer = await refusingMailServer();
    const notifications = { SMTP_URL: mailServer.url };
    spawned = await spawnShop({
      keep: true,
      tracing: false,
      env: { all: talkative(sink.url), orders: patient, notifications },
    });
    const { facts } = spawned;
    secrets = wanted(facts.secrets);
    story = await Story.begin(facts);
    await story.tell();
    await eventually(async () => {
      const dead = (await readTopics(facts.brokers)).filter(({ place }) => /\.dlt key of/.test(place));
      expect(dead).toHaveLength(story.broken);
    });
    await writeInvoices(facts, talkative(sink.url));
    await sleep(3 * EXPORT_MS);
    readings.push(...(await readTables(facts.databases)), ...(await readTopics(facts.brokers)));
    readings.push(...(await readMetrics(facts.urls)));
    await stopShop(spawned.child);
    readings.push(...readLogs(facts.dataDir), ...readInvoices(facts.dataDir));
    readings.push(...sink.received.map(({ signal, body }) => ({ place: `otlp ${signal}`, text: body })));
    readings.push(...story.refusals.map((text) => ({ place: 'answer', text })));
  }, 240_000);
  afterAll(async () => {
    if (process.env['BASE_URL']) return;
    await stopShop(spawned.child);
    await sink.close();
    await mailServer.close();
    if (!process.env['SHOP_E2E_KEEP']) rmSync(spawned.facts.dataDir, { recursive: true, force: true });
  });

  ownShop('has its address in one place, and secrets in none', () => {
    expect(findLeaks(readings, secrets, allowed)).toEqual([]);
  });

  ownShop('was looked at everywhere: each allowed place holds what it may', () => {
    expect(unused(readings, secrets, allowed)).toEqual([]);
  });
});
