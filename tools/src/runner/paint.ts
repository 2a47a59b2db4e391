import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours on a terminal; plain text elsewhere and under NO_COLOR. */
const style = (format: Style) => (text: string) =>
  styleText(format, text, { stream: process.stdout, validateStream: true });

export const paint = {
  bold: style('bold'),
  dim: style('dim'),
  red: style('red'),
  green: style('green'),
  yellow: style('yellow'),
  blue: style('blue'),
  magenta: style('magenta'),
  cyan: style('cyan'),
};
