import { DlqUsageError, parseDlqArguments, USAGE } from './dlq/arguments.ts';
import { runDlq } from './dlq/commands.ts';
import { dataFolder, portsFrom } from './runner/settings.ts';
import { readState } from './runner/state.ts';

/** Those of `KAFKA_BROKERS`, else of the shop that runs here, else where it would run. */
function brokers(): string[] {
  const given = process.env['KAFKA_BROKERS'];
  if (given) return given.split(',');
  return readState(dataFolder())?.brokers ?? [`127.0.0.1:${portsFrom(process.env).kafka}`];
}

try {
  const request = parseDlqArguments(process.argv.slice(2));
  if (request === 'help') console.log(USAGE);
  else process.exitCode = await runDlq(request, brokers(), (line) => console.log(line));
} catch (error) {
  const misused = error instanceof DlqUsageError;
  const message = (error as Error).message;
  const hint = message.includes('ECONNREFUSED') ? '. Is the shop running?' : '';
  console.error(misused ? `${message}\n\n${USAGE}` : `${message}${hint}`);
  process.exitCode = misused ? 2 : 1;
}
