import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { currentDocuments } from './contracts/documents.ts';
import { apiPage } from './contracts/page/index.ts';
import { flags } from './runner/arguments.ts';

const { check } = flags(
  `usage: npm run docs:api [-- --check]

Writes docs/api: an OpenAPI 3.1 document for each app that speaks HTTP, the AsyncAPI 3.0 document of all messages, and a page to
read them on. Everything comes from the apps' own routes, handlers and schemas; nothing has to run.

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

for (const [file, content] of Object.entries(files)) {
  const path = join(root, file);
  const parser = file.endsWith('.md') ? 'markdown' : 'json';
  const page = await format(content, { ...(await resolveConfig(path)), parser });
  if (!check) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, page);
  } else if ((await readFile(path, 'utf8').catch(() => '')) !== page) {
    console.error(`${file} is stale; run: npm run docs:api`);
    process.exitCode = 1;
  }
}
