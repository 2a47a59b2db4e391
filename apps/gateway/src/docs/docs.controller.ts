import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Header, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@shop/service-kit';
import { ApiDocument } from './api-document.ts';
import { page, start } from './page.ts';

const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const policy =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";
const asset = (name: string, type: string) =>
  new StreamableFile(createReadStream(join(assets, name)), { type });

@ApiExcludeController()
@Public()
@Controller()
export class DocsController {
  constructor(private readonly document: ApiDocument) {}

  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  openApi(): string {
    return this.document.text;
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', policy)
  page(): string {
    return page;
  }

  @Get('docs/start.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  start(): string {
    return start;
  }

  @Get('docs/swagger-ui.css')
  css(): StreamableFile {
    return asset('swagger-ui.css', 'text/css; charset=utf-8');
  }

  @Get('docs/swagger-ui-bundle.js')
  bundle(): StreamableFile {
    return asset('swagger-ui-bundle.js', 'text/javascript; charset=utf-8');
  }

  @Get('docs/favicon-32x32.png')
  icon(): StreamableFile {
    return asset('favicon-32x32.png', 'image/png');
  }
}
