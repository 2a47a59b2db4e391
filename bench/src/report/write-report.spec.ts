import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { someResults } from './results.fixture.ts';
import { markdown, writeReport } from './write-report.ts';

describe('the report', () => {
  it('shows every plot that it has, and has every plot that it shows', () => {
    const folder = mkdtempSync(join(tmpdir(), 'report-'));
    try {
      writeReport(someResults(), folder);
      const text = readFileSync(join(folder, 'README.md'), 'utf8');
      const shown = [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, file]) => file);
      expect(text.match(/^## .*$/gm)).toEqual([
        '## Floors',
        '## Checkout: the shop and a bare pipeline',
        '## Catalogue',
        '## Messaging: outbox and inbox',
        '## Tracing',
        '## Overload',
        '## Growth',
        '## Start and footprint',
        '## The load generator itself',
      ]);
      expect(new Set(shown)).toEqual(new Set(readdirSync(folder).filter((file) => file.endsWith('.svg'))));
      expect(text).not.toMatch(/NaN|undefined|\[object/);
      expect(JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'))).toMatchObject({ quick: true });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('warns of figures that were measured beside other work', () => {
    const results = someResults();
    expect(markdown(results, [])).not.toContain('Other processes');
    for (const { run } of results.growth!) run.foreignCores = 1.9;
    expect(markdown(results, [])).toContain('**Other processes kept');
  });

  it('names the machine, and says what could not be measured', () => {
    const text = markdown({ ...someResults(), failures: { growth: 'the disk is full' } }, []);
    expect(text).toContain('A processor, 2 cores');
    expect(text).toContain('**growth could not be measured:** the disk is full');
  });
});
