import { expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '../auth/decorators.ts';
import { defineService } from '../start-service.ts';
import { documentService } from './document-service.ts';

let made = 0;

class Database {
  constructor() {
    made += 1;
    throw new Error('there is none');
  }
}

@Controller('things')
@Public()
class Things {
  constructor(private readonly database: Database) {}

  @Get()
  list() {
    return this.database;
  }
}

class AppModule {}

const service = defineService({
  name: 'things',
  config: z.object({ DATABASE_URL: z.url(), POOL: z.coerce.number().default(3) }),
  module: ({ POOL }) => ({
    module: AppModule,
    controllers: [Things],
    providers: [Database, { provide: 'pool', useValue: POOL.toFixed() }],
  }),
});

it('documents an app without its configuration, and without making any of its parts', async () => {
  const document = await documentService(service);
  expect(document.info).toMatchObject({ title: 'things', version: '1' });
  expect(Object.keys(document.paths)).toEqual(['/things']);
  expect(made).toBe(0);
});

it('is called what the service calls its API', async () => {
  const document = await documentService({ ...service, api: { title: 'Things for all', version: '2' } });
  expect(document.info).toMatchObject({ title: 'Things for all', version: '2' });
});
