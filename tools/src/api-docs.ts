import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { currentDocuments } from './contracts/documents.ts';
import { apiPage } from './contracts/page/index.ts';
import { flags } from './runner/arguments.ts';

const { check } = flags(
  `usage: npm run docs:api [-- --check]

Writes docs/api: an OpenAPI 3.1 document for each app that speaks HTTP, the AsyncAPI 3.0 document of all messages, and a page to
read them on; and the types of the gateway's clients, tools/src/gateway. Everything comes from the apps' own routes, handlers and
schemas; nothing has to run.

--check  only tell which of them are stale`,
  ['check'],
);
const root = new URL('../..', import.meta.url).pathname;
const documents = await currentDocuments(root);
const files: Record<string, string> = {
  'docs/api/README.md': apiPage(documents),
  'docs/api/asyncapi.json': JSON.stringify(documents.asyncApi),
};
for (const [app, document] of Object.entries(documents.openApi))
  files[`docs/api/openapi/${app}.json`] = JSON.stringify(document);

files['tools/src/gateway/paths.generated.ts'] = await typesOf(documents.openApi['gateway']!);

for (const [file, content] of Object.entries(files)) {
  const path = join(root, file);
  const page = await format(content, { ...(await resolveConfig(path)), filepath: path });
  if (!check) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, page);
  } else if ((await readFile(path, 'utf8').catch(() => '')) !== page) {
    console.error(`${file} is stale; run: npm run docs:api`);
    process.exitCode = 1;
  }
}

async function typesOf(document: object): Promise<string> {
  const types = await openapiTS(structuredClone(document) as Parameters<typeof openapiTS>[0], {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    additionalProperties: false,
  });
  return `/** Generated from docs/api/openapi/gateway.json by npm run docs:api; do not edit. */\n\n${astToString(types)}`;
}
