import { describe, expect, it } from '@jest/globals';
import { importsOf } from './projects.ts';

describe('the imports of a source file', () => {
  it.each([
    [`import { z } from 'zod';`, ['zod']],
    [`import type { Tx } from '@shop/persistence';`, ['@shop/persistence']],
    [`import '@shop/tracing/preload';`, ['@shop/tracing']],
    [`export * from 'pino/file';`, ['pino']],
    [`const kafka = await import('kafkajs');`, ['kafkajs']],
    [`import {\n  a,\n  b,\n} from 'rxjs';`, ['rxjs']],
    [`import { z } from './zod.ts';`, []],
    [`import { join } from 'node:path';\nimport { readFile } from 'fs/promises';`, []],
    [`// import 'lodash'\nconst text = "import 'lodash'";`, []],
  ])('%s', (source, names) => {
    expect(importsOf(source)).toEqual(names);
  });
});
