import { beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../runner/settings.ts';
import { overlayNames } from './build.ts';
import { type Code, readCode } from './code/index.ts';
import { rules } from './rules/index.ts';
import { built, whereBuilt } from './where-built.ts';

const cases = overlayNames(root).flatMap((overlay) =>
  rules.map((rule) => [overlay, rule.holds, rule] as const),
);

describe('the manifests and the code', () => {
  let code: Code;
  beforeAll(async () => {
    code = await readCode(root);
  });

  it('have rules of different names', () => {
    expect(new Set(rules.map(({ holds }) => holds)).size).toBe(rules.length);
  });

  whereBuilt.each(cases)('%s: %s', async (overlay, _, rule) => {
    expect(rule.faults(await built(overlay), code)).toEqual([]);
  });
});
