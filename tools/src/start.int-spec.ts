import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const start = (...args: string[]) =>
  spawnSync(process.execPath, ['--conditions=shop-source', 'tools/src/start.ts', ...args], {
    encoding: 'utf8',
  });

describe('npm start', () => {
  it('explains itself', () => {
    const { status, stdout } = start('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('--telemetry');
  });

  it.each(['--bogus', 'telemetry', '--telemetry=yes'])('refuses what it does not know: %s', (argument) => {
    const { status, stderr } = start('--telemetry', argument);
    expect(status).toBe(2);
    expect(stderr).toContain(`there is no argument "${argument}"`);
  });
});
