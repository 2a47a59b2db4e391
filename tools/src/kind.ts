import { parseArgs } from 'node:util';
import { help } from './kind/help.ts';
import { demo, down, up } from './kind/commands.ts';
import { paint } from './runner/paint.ts';
import { StartError } from './runner/settings.ts';

const { command, build } = asked();
try {
  if (command === 'up') await up({ build });
  else if (command === 'down') await down();
  else process.exitCode = await demo();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(`\n${paint.red(error.message)}\n`);
  process.exitCode = 1;
}

function asked(): { command: 'up' | 'demo' | 'down'; build: boolean } {
  const [command = '', ...args] = process.argv.slice(2);
  if (command !== 'up' && command !== 'demo' && command !== 'down') wrong(`there is no command "${command}"`);
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h' },
        ...(command === 'up' && { 'no-build': { type: 'boolean' as const } }),
      },
    });
    if (values.help) {
      console.log(help);
      process.exit(0);
    }
    return { command, build: !('no-build' in values) };
  } catch (error) {
    return wrong((error as Error).message);
  }
}

function wrong(message: string): never {
  console.error(`${message}\n\n${help}`);
  process.exit(2);
}
