import { isObject, type Json, type JsonObject, resolved } from '../json.ts';
import { isNarrower } from './access.ts';
import { schemaFindings } from './compare.ts';
import { contentFindings } from './content.ts';
import type { Finding, RuleName } from './rules.ts';

interface Operation {
  endpoint: string;
  operation: JsonObject;
}

/** What breaks the clients of an API. */
export function httpChanges(document: string, before: JsonObject, after: JsonObject): Finding[] {
  const now = operationsOf(after);
  return [...operationsOf(before)].flatMap(([key, { endpoint, operation }]) => {
    const next = now.get(key)?.operation;
    const place = { document, where: endpoint };
    if (!next) return [{ ...place, rule: 'endpoint-removed', what: 'is not there any more' }];
    const pair: Pair = { before, after, was: operation, is: next, ...place };
    return [
      ...accessFindings(pair),
      ...parameterFindings(pair),
      ...bodyFindings(pair),
      ...answerFindings(pair),
    ];
  });
}

export interface Pair {
  document: string;
  where: string;
  before: JsonObject;
  after: JsonObject;
  was: JsonObject;
  is: JsonObject;
}

/** By method and path; what a path calls its parameters is not seen on the wire. */
const operationsOf = ({ paths }: JsonObject): Map<string, Operation> =>
  new Map(
    Object.entries(paths as Record<string, Record<string, JsonObject>>).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        const endpoint = `${method.toUpperCase()} ${path}`;
        return [endpoint.replaceAll(/\{[^}]*\}/g, '{}'), { endpoint, operation }] as const;
      }),
    ),
  );

const accessFindings = ({ document, where, was, is }: Pair): Finding[] => {
  const [before, after] = [accessOf(was), accessOf(is)];
  const what = `was ${JSON.stringify(before)}, is ${JSON.stringify(after)}`;
  return isNarrower(before, after) ? [{ rule: 'access-narrowed', document, where, what }] : [];
};

/** Who may call it, as far as the document tells. */
const accessOf = ({ 'x-access': access, security }: JsonObject): Json =>
  access ?? (security ? { token: true } : { who: 'anyone' });

function parameterFindings({ document, where, before, after, was, is }: Pair): Finding[] {
  const [known, now] = [parametersOf(before, was), parametersOf(after, is)];
  const finding = (rule: RuleName, name: string, what: string): Finding => ({
    rule,
    document,
    where: `${where}, ${name}`,
    what,
  });
  return [
    ...[...now].flatMap(([name, { required }]) => {
      if (!required || known.get(name)?.['required']) return [];
      return [
        finding(
          'parameter-required',
          name,
          known.has(name) ? 'was optional, is required' : 'is new and required',
        ),
      ];
    }),
    ...[...known].flatMap(([name, parameter]) => {
      const next = now.get(name);
      if (!next) return [finding('parameter-removed', name, 'is not there any more')];
      return schemaFindings('request', {
        document,
        where: `${where}, ${name}`,
        before: { document: before, schema: parameter['schema'] },
        after: { document: after, schema: next['schema'] },
      });
    }),
  ];
}

/** Those of the path by their place, all others by name; headers in any case. */
function parametersOf(document: JsonObject, { parameters = [] }: JsonObject): Map<string, JsonObject> {
  const all = (parameters as Json[]).map((parameter) => resolved(document, parameter));
  const inPath = all.filter((parameter) => parameter['in'] === 'path');
  return new Map(
    all.map((parameter) => {
      const [place, name] = [String(parameter['in']), String(parameter['name'])];
      if (place === 'path') return [`path parameter ${inPath.indexOf(parameter) + 1}`, parameter];
      return [`${place} ${place === 'header' ? name.toLowerCase() : name}`, parameter];
    }),
  );
}

function bodyFindings(pair: Pair): Finding[] {
  const { document, where, before, after, was, is } = pair;
  const [old, now] = [resolved(before, was['requestBody']), resolved(after, is['requestBody'])];
  const place = { document, where: `${where}, body` };
  if (now['required'] && !old['required'])
    return [
      {
        ...place,
        rule: 'body-required',
        what: old['content'] ? 'was optional, is required' : 'is new and required',
      },
    ];
  return contentFindings('request', { ...place, before, after, was: old, is: now });
}

function answerFindings({ document, where, before, after, was, is }: Pair): Finding[] {
  const [known, now] = [was, is].map(({ responses }) => (isObject(responses) ? responses : {})) as [
    JsonObject,
    JsonObject,
  ];
  return Object.entries(known).flatMap(([status, answer]): Finding[] => {
    const place = { document, where: `${where}, answer ${status}` };
    // A refusal that can no longer happen disturbs nobody.
    if (!(status in now))
      return Number(status) >= 400
        ? []
        : [{ ...place, rule: 'good-answer-removed', what: 'is not there any more' }];
    const [old, next] = [resolved(before, answer), resolved(after, now[status])];
    const headersOf = ({ headers }: JsonObject) =>
      Object.keys(isObject(headers) ? headers : {}).map((name) => name.toLowerCase());
    return [
      ...headersOf(old)
        .filter((name) => !headersOf(next).includes(name))
        .map((name): Finding => ({
          ...place,
          rule: 'answer-header-removed',
          what: `${name} is not there any more`,
        })),
      ...contentFindings('answer', { ...place, before, after, was: old, is: next }),
    ];
  });
}
