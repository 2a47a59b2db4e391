import type { Code } from '../code/index.ts';
import type { Workload } from '../objects.ts';
import { appName, type Overlay, title } from '../overlay.ts';
import type { Rule } from './rule.ts';

type Times = Record<'JOB_MAX_MS' | 'SHUTDOWN_GRACE_MS' | 'HANDLE_WITHIN_MS', number>;

/** What bounds a function: the message, the job, the platform, each longer than what it holds. */
export const functionRules: Rule[] = [
  {
    holds: 'a function ends by itself before it is ended, and finishes what is in hand',
    faults: (overlay, code) =>
      functionsOf(overlay, code).flatMap((workload) => {
        const times = timesOf(overlay, code, workload);
        const { activeDeadlineSeconds, template } = workload.spec;
        const grace = template.spec.terminationGracePeriodSeconds ?? 30;
        const longest = (times.JOB_MAX_MS + times.SHUTDOWN_GRACE_MS) / 1_000;
        return [
          ...(times.HANDLE_WITHIN_MS < times.SHUTDOWN_GRACE_MS ? [] : ['may not finish what is in hand']),
          ...(times.SHUTDOWN_GRACE_MS / 1_000 < grace ? [] : ['is killed while it drains']),
          ...(activeDeadlineSeconds === undefined || longest < activeDeadlineSeconds
            ? []
            : [`is ended after ${activeDeadlineSeconds} s, while it may take ${longest} s`]),
        ].map((fault) => `${title(workload)} ${fault}`);
      }),
  },
];

const functionsOf = (overlay: Overlay, code: Code): Workload[] =>
  overlay.workloads.filter(
    (workload) => 'HANDLE_WITHIN_MS' in (code.apps.get(appName(workload))?.settings ?? {}),
  );

function timesOf(overlay: Overlay, code: Code, workload: Workload): Times {
  const environment = overlay.environment(workload);
  const settings = code.apps.get(appName(workload))?.settings ?? {};
  const time = (name: keyof Times) => Number(settings[name]?.safeParse(environment[name]).data ?? 0);
  return {
    JOB_MAX_MS: time('JOB_MAX_MS'),
    SHUTDOWN_GRACE_MS: time('SHUTDOWN_GRACE_MS'),
    HANDLE_WITHIN_MS: time('HANDLE_WITHIN_MS'),
  };
}
