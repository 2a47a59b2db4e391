import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Outcome } from './line.ts';
import { page, type Run, writeReport } from './report.ts';

const outcome = (result: Outcome['result'], words: string): Outcome => ({
  line: { name: 'demo', claim: 'orders end', observe: () => Promise.resolve('') },
  result,
  words,
  seconds: 61,
});
const run = (...outcomes: Outcome[]): Run => ({
  overlay: 'k8s/overlays/kind',
  started: new Date('2026-01-02T03:04:05Z'),
  versions: [['Kubernetes', 'v1.35.0']],
  outcomes,
});

describe('the report of a run', () => {
  it('says what was seen, what was not, and with what', () => {
    const text = page(run(outcome('seen', '7 orders'), outcome('failed', 'a | b\nc')));
    expect(text).toContain('**1 of 2 lines were seen.**');
    expect(text).toContain('| `demo` | orders end | 7 orders | 61 |');
    expect(text).toContain('| **failed**: a \\| b c |');
    expect(text).toContain('| Kubernetes | v1.35.0 |');
  });

  it('leaves what people wrote', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'shop-report-'));
    try {
      const file = join(folder, 'cluster.md');
      writeFileSync(file, 'an old run\n\n## Only validated\n\nKiali.\n');
      await writeReport(file, run(outcome('seen', '7 orders')));
      const text = readFileSync(file, 'utf8');
      expect(text).not.toContain('an old run');
      expect(text).toMatch(/\n\n## Only validated\n\nKiali\.\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
