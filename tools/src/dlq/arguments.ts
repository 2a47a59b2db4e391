import { parseArgs } from 'node:util';

export const USAGE = `usage: npm run dlq -- COMMAND [ID | --all] [options]

Messages that a service could not handle wait in dead-letter topics. This lists, shows, replays and purges them.

list             all of them, oldest first
show ID          one with its headers and body
replay ID        send it once more to the service that gave it up; under its own id, so what took effect takes none again
replay --all
purge ID         give it up for good
purge --all

--topic TOPIC    only messages first read from this topic
--group GROUP    only messages that this service gave up
--json           machine-readable: one JSON value

ID is a letter's id or the id of its message. KAFKA_BROKERS chooses the brokers; default: the local shop's.
Exit status: 0 done, 1 nothing found or failed, 2 wrong usage.`;

export class DlqUsageError extends Error {}

export interface DlqRequest {
  command: 'list' | 'show' | 'replay' | 'purge';
  /** Undefined: all. */
  id: string | undefined;
  topic: string | undefined;
  group: string | undefined;
  json: boolean;
}

/** What is asked for; throws a DlqUsageError when that is not clear. */
export function parseDlqArguments(argv: string[]): DlqRequest | 'help' {
  const { values, positionals } = parsed(argv);
  if (values.help) return 'help';
  const [command, id, ...rest] = positionals;
  if (command !== 'list' && command !== 'show' && command !== 'replay' && command !== 'purge') {
    throw new DlqUsageError(command ? `there is no command "${command}"` : 'a command is missing');
  }
  if (rest.length > 0) throw new DlqUsageError(`too much: ${rest.join(' ')}`);
  if (command === 'list' && (id || values.all)) throw new DlqUsageError('list takes no ID and no --all');
  if (command === 'show' && (!id || values.all)) throw new DlqUsageError('show needs one ID');
  if ((command === 'replay' || command === 'purge') && Boolean(id) === Boolean(values.all)) {
    throw new DlqUsageError(`${command} needs either an ID or --all`);
  }
  return { command, id, topic: values.topic, group: values.group, json: values.json ?? false };
}

function parsed(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        all: { type: 'boolean' },
        topic: { type: 'string' },
        group: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new DlqUsageError((error as Error).message);
  }
}
