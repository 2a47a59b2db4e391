import {
  type DeadLetter,
  listDeadLetters,
  purgeDeadLetters,
  replayDeadLetters,
  showDeadLetter,
} from '@shop/messaging/dead-letters';
import type { DlqRequest } from './arguments.ts';
import { letterLines, openLetterLines, openLetterValue } from './letters.ts';

/** Carries out a request; answers the exit status: 1 when a letter was asked for and there is none. */
export async function runDlq(
  request: DlqRequest,
  brokers: string[],
  print: (line: string) => void,
): Promise<number> {
  return request.command === 'show' ? show(request, brokers, print) : change(request, brokers, print);
}

async function show(
  { id = '', json }: DlqRequest,
  brokers: string[],
  print: (line: string) => void,
): Promise<number> {
  const letter = await showDeadLetter(brokers, id);
  if (!letter) throw new Error(`there is no letter ${id}`);
  print(json ? JSON.stringify(openLetterValue(letter), null, 2) : openLetterLines(letter));
  return 0;
}

async function change(
  { command, json, ...filter }: DlqRequest,
  brokers: string[],
  print: (line: string) => void,
): Promise<number> {
  const work = {
    list: listDeadLetters,
    replay: replayDeadLetters,
    purge: purgeDeadLetters,
    show: listDeadLetters,
  }[command];
  const letters = await work(brokers, filter);
  if (filter.id && letters.length === 0) throw new Error(`there is no letter ${filter.id}`);
  print(json ? JSON.stringify(letters, null, 2) : inWords(command, letters));
  return 0;
}

function inWords(command: DlqRequest['command'], letters: readonly DeadLetter[]): string {
  if (command !== 'list') return `${letters.length} ${command === 'replay' ? 'replayed' : 'purged'}`;
  return letters.length === 0 ? 'no dead letters' : letters.map(letterLines).join('\n');
}
