import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { familyCpuMs, watchCpu } from './cpu.ts';

const burn = (ms: number) => {
  const used = () => process.cpuUsage().user + process.cpuUsage().system;
  for (const end = used() + ms * 1_000; used() < end;);
};

describe('CPU time', () => {
  it('is what a process spent since the clock was started', () => {
    burn(200);
    const spent = watchCpu([{ name: 'self', pid: process.pid }]);
    expect(spent()['self']).toBeLessThan(100);
    burn(200);
    expect(spent()['self']).toBeGreaterThanOrEqual(180);
  });

  it('of a family has that of children that live and that have ended', async () => {
    const script = `
      const { spawnSync, spawn } = require('node:child_process');
      const burn = 'while (process.cpuUsage().user + process.cpuUsage().system < 200_000);';
      spawnSync(process.execPath, ['-e', burn]);
      spawn(process.execPath, ['-e', burn + 'process.stdout.write("x"); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'inherit', 'inherit'] });
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['-e', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    try {
      await once(parent.stdout, 'data');
      expect(familyCpuMs(parent.pid!)).toBeGreaterThanOrEqual(380);
    } finally {
      process.kill(-parent.pid!, 'SIGKILL');
    }
  });
});
