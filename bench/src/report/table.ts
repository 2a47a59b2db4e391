import { paint } from '@shop/tools';
import { fine } from './figures.ts';
import { type Floor, met } from './floors.ts';

export const measuredText = ({ measured, unit }: Floor): string => `${fine(measured)}${space(unit)}`;
export const wantedText = ({ atLeast, atMost, unit }: Floor): string =>
  atMost === undefined ? `≥ ${plain(atLeast!)}${space(unit)}` : `≤ ${plain(atMost)}${space(unit)}`;

const plain = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });
const space = (unit: Floor['unit']): string => (unit === '' || unit === '/s' ? unit : ` ${unit}`);

/** The floors for a terminal. */
export function floorTable(floors: Floor[]): string {
  const row = (mark: string, title: string, measured: string, wanted: string, from: string) =>
    `  ${mark} ${title.padEnd(50)} ${measured.padStart(10)}  ${wanted.padStart(10)}  ${paint.dim(from)}`;
  return [
    paint.dim(row(' ', 'floor', 'measured', 'wanted', '')),
    ...floors.map((floor) =>
      row(
        met(floor) ? paint.green('✓') : paint.red('✗'),
        floor.title,
        measuredText(floor),
        wantedText(floor),
        floor.from,
      ),
    ),
  ].join('\n');
}
