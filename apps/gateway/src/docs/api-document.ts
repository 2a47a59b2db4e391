import type { INestApplication } from '@nestjs/common';
import { openApi } from '@shop/service-kit/openapi';

export const api = { title: 'Shop', version: '1' };

/** The OpenAPI document of the running app, made from the routes themselves when it is first asked for. */
export class ApiDocument {
  private app!: INestApplication;
  private json: string | undefined;

  describe(app: INestApplication): void {
    this.app = app;
  }

  get text(): string {
    return (this.json ??= JSON.stringify(openApi(this.app, api)));
  }
}
