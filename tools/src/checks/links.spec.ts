import { expect, it } from '@jest/globals';
import { brokenLinks } from './links.ts';

const files = new Set(['README.md', 'docs/a.md', 'docs', 'docs/image one.png']);
const faults = (text: string, path = 'docs/a.md') =>
  brokenLinks(
    [
      { path, text },
      { path: 'README.md', text: '# The shop\n\n## What `it` is: a [link](docs)!\n\n## Twice\n\n## Twice\n' },
    ].filter((page, index, all) => all.findIndex((other) => other.path === page.path) === index),
    (file) => files.has(file),
  );

it.each([
  '[up](../README.md)',
  '[folder](../docs)',
  '[heading](../README.md#what-it-is-a-link)',
  '[second of a name](../README.md#twice-1)',
  '![image](image%20one.png)',
  '# Here\n\n[own heading](#here)',
  '[elsewhere](https://example.org/nothing.md)',
  '```md\n[in code](nothing.md)\n```',
  'an example: `[in code](nothing.md)`',
])('%j leads somewhere', (text) => {
  expect(faults(text)).toEqual([]);
});

it.each([
  ['[gone](b.md)', 'docs/a.md:1: b.md does not exist'],
  ['one\n\n[too far up](../../README.md) and [`code`](c.ts)', 'docs/a.md:3: c.ts does not exist'],
  ['[no heading](../README.md#nothing)', 'docs/a.md:1: ../README.md#nothing is no heading of README.md'],
  ['[own heading](#here)', 'docs/a.md:1: #here is no heading of docs/a.md'],
  ['![image](gone.png "title")', 'docs/a.md:1: gone.png does not exist'],
])('%j does not', (text, fault) => {
  expect(faults(text)).toContain(fault);
});
