import type { Fault } from '../problem/problem.ts';

/** An issue of the Standard Schema specification, with what zod adds. */
export interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  code?: string;
  keys?: string[];
}

const most = 100;

/** Names every fault by JSON pointer (RFC 6901). `name` is the parameter's, when it is a single value. */
export function faultsOf(issues: readonly Issue[], name?: string): Fault[] {
  return issues.flatMap((issue) => faultsOfIssue(issue, name ? [name] : [])).slice(0, most);
}

function faultsOfIssue(issue: Issue, prefix: PropertyKey[]): Fault[] {
  const path = [
    ...prefix,
    ...(issue.path ?? []).map((segment) => (typeof segment === 'object' ? segment.key : segment)),
  ];
  if (issue.code === 'unrecognized_keys' && issue.keys) {
    return issue.keys.map((key) => ({ pointer: pointerTo([...path, key]), message: 'is not a known field' }));
  }
  return [{ pointer: pointerTo(path), message: issue.message }];
}

const pointerTo = (path: readonly PropertyKey[]) =>
  path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
