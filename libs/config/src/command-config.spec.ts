import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const command = `
  import { commandConfig, secret } from '@shop/config';
  import { z } from 'zod';
  const schema = z.object({ TARGET_URL: z.url(), TARGET_KEY: secret(z.string().min(8)) });
  console.log(commandConfig('mend', schema).TARGET_URL);`;

const run = (env: NodeJS.ProcessEnv) =>
  spawnSync(process.execPath, ['--conditions=shop-source', '--input-type=module', '--eval', command], {
    cwd: import.meta.dirname,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
  });

describe('the configuration of a command', () => {
  it('ends it with 78 and names every fault in plain words, without a stack and without a secret', () => {
    const { status, stdout, stderr } = run({ TARGET_KEY: 'short' });
    expect({ status, stdout }).toEqual({ status: 78, stdout: '' });
    expect(stderr).toMatch(
      /^mend: The configuration is not valid:\n {2}TARGET_URL: is required\n {2}TARGET_KEY: .+\n$/,
    );
    expect(stderr).not.toContain('short');
  });

  it('is handed over when it is right', () => {
    expect(run({ TARGET_URL: 'http://shop', TARGET_KEY: 'long enough' }).stdout).toBe('http://shop\n');
  });
});
