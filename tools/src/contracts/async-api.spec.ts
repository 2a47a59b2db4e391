import { createRequire } from 'node:module';
import { expect, it } from '@jest/globals';
import { allMessages, samples } from '@shop/contracts';
import { Ajv } from 'ajv';
import { asyncApi } from './async-api.ts';
import type { JsonObject } from './json.ts';

const schema = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0.json') as JsonObject;
const messages = allMessages.map((definition) => ({
  definition,
  title: definition.type,
  sample: samples[definition.type],
}));
const document = asyncApi(messages, [
  { name: 'orders', sends: allMessages.slice(0, 3), receives: allMessages.slice(3) },
]);
const options = { strict: false, validateFormats: false };
const faultsOf = (given: JsonObject) => {
  // The schema brings the draft that it is written in along.
  const ajv = new Ajv({ ...options, meta: false, validateSchema: false });
  const validate = ajv.compile(schema);
  return validate(given) ? [] : validate.errors!.map(({ instancePath }) => instancePath);
};

it('is valid by the schema of AsyncAPI 3.0', () => {
  expect(faultsOf(document)).toEqual([]);
  expect(faultsOf({ ...document, operations: { 'orders.send': { action: 'shout' } } })).not.toEqual([]);
});

it('has a sample of every message that fits its schema', () => {
  const ajv = new Ajv(options);
  ajv.addSchema(document, 'document');
  for (const { definition, sample } of messages) {
    const validate = ajv.compile({ $ref: `document#/components/messages/${definition.type}/payload` });
    expect([definition.type, validate(sample), validate.errors]).toEqual([definition.type, true, null]);
  }
});
