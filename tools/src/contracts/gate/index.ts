import type { Documents } from '../documents.ts';
import { httpChanges } from './http-changes.ts';
import { messageChanges } from './message-changes.ts';
import { refusedSamples } from './released-samples.ts';
import type { Finding } from './rules.ts';

/** Everything that the current documents break of the released ones. What was never released may still change. */
export const breakingChanges = (released: Documents, current: Documents): Finding[] => [
  ...Object.entries(released.openApi).flatMap(([app, before]): Finding[] => {
    const after = current.openApi[app];
    return after
      ? httpChanges(app, before, after)
      : [{ rule: 'api-removed', document: app, where: app, what: 'is not there any more' }];
  }),
  ...messageChanges(released.asyncApi, current.asyncApi),
  ...refusedSamples(released.asyncApi),
];
