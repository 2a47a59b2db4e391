import { describe, expect, it } from '@jest/globals';
import { DlqUsageError, parseDlqArguments } from './arguments.ts';

describe('the arguments of the dead-letter tool', () => {
  it('name a command, a letter and what to narrow down to', () => {
    expect(parseDlqArguments(['replay', 'a1', '--topic', 'shop.orders.events.v1', '--json'])).toEqual({
      command: 'replay',
      id: 'a1',
      topic: 'shop.orders.events.v1',
      group: undefined,
      json: true,
    });
    expect(parseDlqArguments(['purge', '--all'])).toMatchObject({ command: 'purge', id: undefined });
    expect(parseDlqArguments(['--help'])).toBe('help');
  });

  it.each([
    [[]],
    [['drop']],
    [['list', 'a1']],
    [['show']],
    [['show', '--all']],
    [['replay']],
    [['purge']],
    [['purge', 'a1', '--all']],
    [['replay', 'a1', 'a2']],
    [['list', '--colour']],
    [['list', '--topic']],
  ])('are refused when they are %j', (argv) => {
    expect(() => parseDlqArguments(argv)).toThrow(DlqUsageError);
  });
});
