import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { disturbance } from './disturbance.ts';
import { floorsOf, met } from './floors.ts';
import type { Results } from './results.ts';
import { type Section, table } from './section.ts';
import { catalogueSection } from './sections/catalogue.ts';
import { checkoutSection } from './sections/checkout.ts';
import { footprintSection, generatorSection } from './sections/footprint.ts';
import { growthSection, overloadSection, tracingSection } from './sections/load.ts';
import { messagingSection } from './sections/messaging.ts';
import { measuredText, wantedText } from './table.ts';

/** Writes `results.json`, `README.md` and the plots; answers where the report is. */
export function writeReport(results: Results, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const sections = sectionsOf(results);
  const file = join(folder, 'README.md');
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  for (const [name, svg] of sections.flatMap(({ plots }) => Object.entries(plots)))
    writeFileSync(join(folder, name), svg);
  writeFileSync(file, markdown(results, sections));
  return relative(process.cwd(), file);
}

const sectionsOf = (results: Results): Section[] => [
  ...part(results.checkout, checkoutSection),
  ...part(results.catalogue, catalogueSection),
  ...part(results.messaging, messagingSection),
  ...part(results.tracing, tracingSection),
  ...part(results.overload, overloadSection),
  ...part(results.growth, growthSection),
  ...part(results.footprint, footprintSection),
  ...part(results.generator, generatorSection),
];

const part = <R>(result: R | undefined, section: (result: R) => Section): Section[] =>
  result === undefined ? [] : [section(result)];

const MISSED = `Where a floor is missed: what an order's CPU goes to, what was tried and what that brought is in \`docs/adr/0014-fewer-wake-ups.md\`.`;

/** The whole report. */
export function markdown(results: Results, sections: Section[]): string {
  const { machine, quick, minutes, failures } = results;
  const floors = floorsOf(results).map((floor) => [
    floor.title,
    measuredText(floor),
    wantedText(floor),
    met(floor) ? '✓' : '✗',
    floor.from,
  ]);
  const command = `npm run bench${quick ? ' -- --quick' : ''}`;
  const blocks = [
    '# Benchmark',
    `Written by \`${command}\` in ${minutes.toFixed(0)} minutes; the figures are in [results.json](results.json). Everything is measured in one run on one
machine, side by side with the least that could do the same work: the ratios mean more than the figures.${quick ? ' This was a quick run: short, for a look.' : ''}`,
    table(
      ['', ''],
      [
        ['Processor', `${machine.cpu}, ${machine.cores} cores`],
        ['Memory', `${machine.memoryGiB} GiB`],
        ['System', machine.kernel],
        ['Node', machine.node],
        ['PostgreSQL', `${machine.postgres}, durable commits`],
        ['Kafka', `${machine.kafka} on Java ${machine.java}, one broker`],
        ['Commit', machine.commit],
        ['Measured', machine.measuredAt],
      ],
    ),
    ...[disturbance(results)].filter(Boolean).map((text) => `**${text}**`),
    '## Floors',
    table(['', 'measured', 'wanted', '', 'from'], floors),
    ...(floorsOf(results).every(met) ? [] : [MISSED]),
    ...Object.entries(failures).map(([name, reason]) => `**${name} could not be measured:** ${reason}`),
    ...sections.flatMap(({ title, text }) => [`## ${title}`, ...text]),
  ];
  return `${blocks.join('\n\n')}\n`;
}
