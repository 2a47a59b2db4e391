const most = { depth: 16, members: 1_000 };

interface Survey {
  /** Of members, in all objects together. */
  names: number;
  fault?: string;
}

/**
 * What is wrong with JSON that JSON.parse takes, but two programs may read differently: names given twice, and numbers that a double cannot hold
 * (I-JSON, RFC 7493). Also what is nested or repeated beyond any use, before a validation goes through all of it. `body` is what was parsed from `text`.
 */
export function faultOfJson(text: string, body: unknown): string | undefined {
  const found: Survey = { names: 0 };
  survey(body, 1, found);
  if (found.fault) return found.fault;
  // Of two members with one name, JSON.parse keeps the last. There are never fewer colons than names, so mostly counting these is enough.
  if (found.names === colonsIn(text) || found.names === namesIn(text)) return undefined;
  return 'An object in the body has two members of the same name';
}

function survey(value: unknown, depth: number, found: Survey): void {
  if (typeof value === 'number' && !isExact(value))
    found.fault = 'A number in the body is too large, or is a negative zero';
  if (typeof value !== 'object' || value === null) return;
  const members = Array.isArray(value)
    ? surveyArray(value, depth, found)
    : surveyObject(value as Record<string, unknown>, depth, found);
  if (depth > most.depth) found.fault = `The body must not be nested deeper than ${most.depth} levels`;
  if (members > most.members)
    found.fault = `No array or object in the body may have more than ${most.members} members`;
}

function surveyArray(array: unknown[], depth: number, found: Survey): number {
  if (depth <= most.depth && array.length <= most.members)
    for (const member of array) survey(member, depth + 1, found);
  return array.length;
}

function surveyObject(object: Record<string, unknown>, depth: number, found: Survey): number {
  let members = 0;
  // Faster than Object.values by far; what was just parsed inherits nothing that this would find.
  for (const name in object) {
    if (++members > most.members || depth > most.depth) return members;
    const member = object[name];
    if (typeof member !== 'string') survey(member, depth + 1, found);
  }
  found.names += members;
  return members;
}

function isExact(value: number): boolean {
  const rounded = Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value);
  return !rounded && !Object.is(value, -0);
}

function colonsIn(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) colons++;
  return colons;
}

/** Counts the strings that a colon follows; of valid JSON, those are the names. */
function namesIn(text: string): number {
  const strings = text.match(/"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?/g) ?? [];
  return strings.filter((string) => string.endsWith(':')).length;
}
