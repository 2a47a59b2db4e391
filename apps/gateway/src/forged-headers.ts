import type { IncomingMessage, Server } from 'node:http';
import type { HttpAdapterHost } from '@nestjs/core';
import { headers } from '@shop/contracts';

/** Takes what only services may say to each other from requests of the outside, before anything reads it. */
export function dropForgedHeaders(http: HttpAdapterHost): void {
  (http.httpAdapter.getHttpServer() as Server).prependListener(
    'request',
    ({ headers: sent }: IncomingMessage) => {
      delete sent[headers.deadline];
    },
  );
}
