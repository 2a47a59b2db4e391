import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { paint } from './paint.ts';
import { places } from './settings.ts';
import type { Shop } from './shop.ts';

type Row = [name: string, address: string, pid: number, log: string];

/** What runs, where, how large it is, and where it writes. */
export function serviceTable(shop: Shop): string {
  const { logs } = places(shop.dataDir);
  const rows: Row[] = [
    ...shop.services.flatMap(({ processes }) =>
      processes.map(({ spec, url, pid }): Row => [spec.name, url, pid, spec.logFile]),
    ),
    ['postgres', `127.0.0.1:${shop.ports.postgres}`, shop.postgres.pid, `${logs}/postgres.log`],
    ['kafka', shop.brokers.join(','), shop.kafka.pid, `${logs}/kafka.log`],
  ];
  const line = ([name, address, pid, log]: Row) =>
    `  ${paint.green('●')} ${paint.bold(name.padEnd(14))} ${address.padEnd(22)} ${paint.dim(`${memory(pid).padStart(7)}  ${String(pid || '').padStart(7)}  ${relative(process.cwd(), log)}`)}`;
  return [
    paint.dim(
      `    ${'service'.padEnd(14)} ${'address'.padEnd(22)} ${'memory'.padStart(7)}  ${'pid'.padStart(7)}  log`,
    ),
    ...rows.map(line),
  ].join('\n');
}

/** What a newcomer can try first. */
export function firstSteps({ gatewayUrl, urls, collector }: Shop): string {
  const traces = collector
    ? [
        collector.page
          ? `  ${paint.dim('telemetry')}    ${collector.url}`
          : `  ${paint.dim('a trace')}      curl ${collector.url}/traces/<X-Trace-Id of an answer>`,
      ]
    : [];
  return [
    `  ${paint.dim('products')}     curl '${gatewayUrl}/v1/products?limit=3'`,
    `  ${paint.dim('a token')}      npm run --silent token -- alice`,
    `  ${paint.dim('signing in')}   ${urls.identity}/.well-known/openid-configuration, as alice or bob`,
    `  ${paint.dim('the story')}    npm run demo`,
    `  ${paint.dim('invoices')}     npm run invoices`,
    `  ${paint.dim('API pages')}    ${gatewayUrl}/docs`,
    ...traces,
    '',
  ].join('\n');
}

/** Resident memory of a process in MB; empty where we cannot see it. */
function memory(pid: number): string {
  if (pid === 0) return '';
  try {
    return `${Math.round(residentKb(pid) / 1024)} MB`;
  } catch {
    return '';
  }
}

const residentKb = (pid: number): number =>
  process.platform === 'linux'
    ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
    : Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
