import { beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../runner/settings.ts';
import { type Code, readCode } from '../code/index.ts';
import { rules } from '../rules/index.ts';
import { built, whereBuilt } from '../where-built.ts';
import { platformMistakes } from './platform.fixture.ts';
import { trafficMistakes } from './traffic.fixture.ts';
import { workloadMistakes } from './workloads.fixture.ts';

const mistakes = [...trafficMistakes, ...workloadMistakes, ...platformMistakes];

describe('a mistake in the manifests is found', () => {
  let code: Code;
  beforeAll(async () => {
    code = await readCode(root);
  });

  it('whichever rule it breaks', () => {
    const proved = new Set(mistakes.map(({ breaks }) => breaks));
    expect(rules.map(({ holds }) => holds).filter((holds) => !proved.has(holds))).toEqual([]);
  });

  whereBuilt.each(mistakes)('$what', async ({ breaks, make, where = 'kind' }) => {
    const overlay = await built(where);
    const wrong = make(overlay) ?? overlay;
    const broken = rules.filter(({ faults }) => faults(wrong, code).length > 0).map(({ holds }) => holds);
    expect(broken).toContain(breaks);
  });
});
