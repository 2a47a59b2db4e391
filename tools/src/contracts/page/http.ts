import { isObject, type Json, type JsonObject } from '../json.ts';
import { code, table, typeText } from './type-text.ts';

/** The endpoints of one app. */
export function httpSection(app: string, { paths }: JsonObject): string {
  const operations = Object.entries(paths as Record<string, Record<string, JsonObject>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        endpoint: `${method.toUpperCase()} ${path}`,
        operation,
      })),
  );
  const rows = operations.map(({ endpoint, operation }) => [
    code(endpoint),
    whoText(operation),
    inputText(operation),
    answersText(operation),
  ]);
  return `## ${app}\n\n${table(['Endpoint', 'Who', 'Takes', 'Answers'], rows)}\n`;
}

/** Its rule where the document tells one, else whether it needs a token. */
function whoText(operation: JsonObject): string {
  const { security, 'x-access': access } = operation;
  if (!isObject(access)) return security ? 'with a token' : 'anyone';
  if (access['secret']) return `with the secret ${String(access['secret'])}`;
  if (access['owner']) return `${String(access['scope'])}, of their own`;
  return String(access['scope'] ?? access['who']);
}

function inputText({ parameters = [], requestBody }: JsonObject): string {
  const names = (parameters as JsonObject[])
    .filter((parameter) => parameter['in'] !== 'path')
    .map(({ name, required }) => `${String(name)}${required ? '' : '?'}`);
  const body = bodyOf(requestBody);
  return [body, ...names].filter(Boolean).map(code).join(' ');
}

function answersText({ responses }: JsonObject): string {
  const [good, bad] = [[] as string[], [] as string[]];
  for (const [status, answer] of Object.entries(responses as JsonObject)) {
    if (Number(status) >= 400) bad.push(status);
    else good.push([status, code(bodyOf(answer))].filter(Boolean).join(' '));
  }
  return `${good.join(', ')}; ${bad.join(' ')}`;
}

function bodyOf(part: Json | undefined): string {
  const content = isObject(part) ? part['content'] : undefined;
  const [media] = isObject(content) ? Object.values(content) : [];
  return isObject(media) ? typeText(media['schema']) : '';
}
