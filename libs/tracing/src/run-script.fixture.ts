import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a script in a process of its own with the preload, as services run; resolves with its JSON log lines and other output. */
export async function runWithPreload(
  script: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ logs: Record<string, unknown>[]; text: string }> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--conditions=shop-source',
      '--import',
      './preload.ts',
      '--input-type=module',
      '--eval',
      `import * as t from '@shop/tracing';\n${script}`,
    ],
    {
      cwd: import.meta.dirname,
      maxBuffer: 1 << 26,
      env: { PATH: process.env['PATH'], OTEL_SERVICE_NAME: 'orders', ...env },
    },
  );
  const lines = stdout.split('\n').filter(Boolean);
  const isLog = (line: string) => line.startsWith('{"level"');
  return {
    logs: lines.filter(isLog).map((line) => JSON.parse(line) as Record<string, unknown>),
    text: lines.filter((line) => !isLog(line)).join('\n'),
  };
}
