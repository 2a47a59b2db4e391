import type { Documents } from './documents.ts';
import { breakingChanges } from './gate/index.ts';
import type { Finding } from './gate/rules.ts';

export interface Verdict {
  findings: Finding[];
  /** Broken contracts that still call themselves by the version that was released. */
  withoutNewVersion: string[];
}

/** What the current documents break, and whether each broken contract owns up to it by a new version. */
export function verdict(released: Documents | undefined, current: Documents): Verdict {
  // Of what is new nothing is compared yet; what the gate does not understand is refused before it is released.
  breakingChanges(current, current);
  if (!released) return { findings: [], withoutNewVersion: [] };
  const findings = breakingChanges(released, current);
  const broken = new Set(findings.map(({ document }) => document));
  return {
    findings,
    withoutNewVersion: [...broken].filter(
      (name) => !isRaised(version(released, name), version(current, name)),
    ),
  };
}

/** Of a whole document that is gone nothing is left that could have a version. */
const isRaised = (before: unknown, after: unknown): boolean =>
  after === undefined || String(after).localeCompare(String(before), 'en', { numeric: true }) > 0;

function version({ openApi, asyncApi }: Documents, name: string): unknown {
  const info = (name === 'messages' ? asyncApi : openApi[name])?.['info'];
  return (info as { version?: unknown } | undefined)?.version;
}
