import { parse } from 'yaml';

interface Workflow {
  permissions?: unknown;
  jobs?: Record<string, { permissions?: unknown }>;
}

const used = /^\s*(?:-\s+)?uses:\s*(\S+)(.*)$/;
/** An action of this repository, or one at a full commit digest, with its version beside it for people and for update robots. */
const pinned = (action: string, beside: string) =>
  action.startsWith('./') || (/@[0-9a-f]{40}$/.test(action) && /^\s+# v\d/.test(beside));

/** What a workflow of GitHub Actions runs that could change under it, and what it may do beyond reading. */
export function looseWorkflow(path: string, text: string): string[] {
  const unpinned = text.split('\n').flatMap((line, index) => {
    const [, action, beside] = used.exec(line) ?? [];
    if (action === undefined || pinned(action, beside!)) return [];
    return [
      `${path}:${index + 1}: ${action} is not pinned; write OWNER/ACTION@<commit of 40 digits> # vVERSION`,
    ];
  });
  const { permissions, jobs = {} } = parse(text) as Workflow;
  const wide = Object.entries({ [path]: permissions, ...named(path, jobs) }).flatMap(([place, granted]) =>
    typeof granted === 'string' && granted !== 'read-all'
      ? [`${place}: grants ${granted}; name each permission`]
      : [],
  );
  const missing =
    permissions === undefined ? [`${path}: says no permissions, so it gets the repository's default`] : [];
  return [...unpinned, ...missing, ...wide];
}

const named = (path: string, jobs: NonNullable<Workflow['jobs']>) =>
  Object.fromEntries(
    Object.entries(jobs).map(([job, { permissions }]) => [`${path}, job ${job}`, permissions]),
  );
