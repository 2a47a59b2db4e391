import type { Documents } from '../documents.ts';
import { httpSection } from './http.ts';
import { messagesSection } from './messages.ts';

/** docs/api/README.md: who may call what, and who tells whom. */
export const apiPage = ({ openApi, asyncApi }: Documents): string => `# What the services say

Generated from the apps' routes, handlers and schemas by \`npm run docs:api\`; do not edit. The same for machines:
[OpenAPI 3.1](openapi) for each app, [AsyncAPI 3.0](asyncapi.json) for all messages. The running gateway shows its own at \`/docs\`.
What may change, and how, is [decided](../adr/0023-contracts-that-cannot-break-unseen.md); \`npm run contracts\` compares it with what was [released](released).

- [Messages](#messages)
${Object.keys(openApi)
  .map((app) => `- [${app}](#${app})`)
  .join('\n')}

${messagesSection(asyncApi)}
${Object.entries(openApi)
  .map(([app, document]) => httpSection(app, document))
  .join('\n')}`;
