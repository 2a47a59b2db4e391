import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claim, holder } from './state.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'state-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

describe('a data folder', () => {
  it('belongs to one runner at a time', () => {
    const { release } = claim(dataDir);
    expect(() => claim(dataDir)).toThrow(`a shop already runs on ${dataDir} (process ${process.pid})`);
    release();
    expect(holder(dataDir)).toBeUndefined();
    claim(dataDir).release();
  });

  it('is free again when its runner was killed', async () => {
    const runner = spawn('sleep', ['60']);
    writeFileSync(join(dataDir, 'runner.pid'), `${runner.pid}\nsleep 60`);
    await once(runner, 'spawn');
    expect(holder(dataDir)).toBe(runner.pid);
    runner.kill('SIGKILL');
    await once(runner, 'exit');
    expect(holder(dataDir)).toBeUndefined();
  });

  it('is free when its runner’s pid belongs to something else by now', () => {
    writeFileSync(join(dataDir, 'runner.pid'), `${process.pid}\nnode tools/src/start.ts`);
    expect(holder(dataDir)).toBeUndefined();
  });
});
