import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { requireShownAccess } from './document-access.ts';
import { documentRoutes } from './document-routes.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { tidy } from './tidy.ts';

const text = { type: 'string' };
const Problem = {
  type: 'object',
  description: 'An error answer (RFC 9457)',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    instance: text,
    code: { ...text, description: 'Stable, `context/kind`' },
    errors: {
      type: 'array',
      description: 'Every fault of the input, by JSON pointer (RFC 6901)',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: { pointer: text, message: text },
      },
    },
  },
};

/** The app's OpenAPI 3.1 document, from its routes and their zod schemas; a schema with a `.meta({ id })` is a component of that name. */
export function openApi(
  app: INestApplication,
  about: { title: string; version: string; description?: string },
): OpenAPIObject {
  documentRoutes(app);
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(about.title)
    .setVersion(about.version)
    .setDescription(about.description ?? '')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config, { standardSchemaConverter: jsonSchemaOf });
  requireShownAccess(document);
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, Problem };
  return tidy(document);
}
