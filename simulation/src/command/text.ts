import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours on a terminal; plain text elsewhere and under NO_COLOR. */
const style = (format: Style) => (text: string) =>
  styleText(format, text, { stream: process.stdout, validateStream: true });

export const [bold, dim, red, green] = [style('bold'), style('dim'), style('red'), style('green')];

export const whole = (value: number): string => Math.round(value).toLocaleString('en');

export const plural = (count: number, what: string): string =>
  `${whole(count)} ${what}${count === 1 ? '' : 's'}`;

/** `8:04`, minutes and seconds. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
