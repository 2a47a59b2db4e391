import { paint } from '../runner/paint.ts';
import { type Finding, type RuleName, rules } from './gate/rules.ts';

/** All findings, by contract and kind, each kind with what to do instead. */
export function report(findings: Finding[]): string {
  const byDocument = Object.entries(Object.groupBy(findings, ({ document }) => document));
  return byDocument
    .map(([document, all = []]) => `${paint.bold(document)}\n${kinds(all).join('\n')}`)
    .join('\n\n');
}

const kinds = (findings: Finding[]): string[] =>
  Object.entries(Object.groupBy(findings, ({ rule }) => rule)).map(([name, all = []]) => {
    const { title, advice } = rules[name as RuleName];
    const places = all.map(({ where, what }) => `    ${where}: ${what}`);
    return [`  ${paint.red('✗')} ${title}`, ...places, `    ${paint.yellow(`→ ${advice}`)}`].join('\n');
  });
