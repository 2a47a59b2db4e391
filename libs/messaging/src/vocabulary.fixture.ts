import { randomBytes } from 'node:crypto';
import { defineMessage, type MessageDefinition } from '@shop/contracts';
import type { Tx } from '@shop/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { z } from 'zod';
import type { BatchContext, Delivery, MessageContext } from './delivery.ts';
import { Consumer, Handles, HandlesBatch } from './handles.ts';

/** Where handlers of specs leave their effect. */
export class CreateEffects1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE effects (seq bigint GENERATED ALWAYS AS IDENTITY, message_id uuid, key text, n int)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE effects');
  }
}

/** A topic of its own for each spec file, because all share one broker, and messages on it. */
export function vocabulary() {
  const unique = randomBytes(4).toString('hex');
  const topic = `spec.${unique}.events.v1`;
  const schema = z.object({ key: z.string(), n: z.int() });
  const define = <const T extends string>(type: T) =>
    defineMessage({ type, topic, schema, key: (payload) => payload.key });
  const Counted = define('spec.counted.v1');
  const Noted = define('spec.noted.v1');
  const Ignored = define('spec.ignored.v1');
  return {
    topic,
    group: `group-${unique}`,
    Counted,
    Noted,
    Ignored,
    messages: [Counted, Noted, Ignored] as readonly MessageDefinition[],
  };
}

export type Payload = { key: string; n: number };

/** Consumers that leave an effect for each message, then do what the spec says. */
export function recorders({ Counted, Noted }: Vocabulary) {
  const script: {
    single?: (payload: Payload, context: MessageContext) => unknown;
    batch?: (deliveries: readonly Delivery[], context: BatchContext) => unknown;
  } = {};

  @Consumer()
  class Single {
    @Handles(Counted)
    async counted(payload: Payload, context: MessageContext) {
      await leaveEffects(context.tx, [context.delivery]);
      await script.single?.(payload, context);
    }
  }

  @Consumer()
  class Batch {
    @HandlesBatch(Counted, Noted)
    async all(deliveries: Delivery[], context: BatchContext) {
      await leaveEffects(context.tx, deliveries);
      await script.batch?.(deliveries, context);
    }
  }
  return { Single, Batch, script };
}

async function leaveEffects(tx: Tx, deliveries: readonly Delivery[]): Promise<void> {
  const payloads = deliveries.map(({ payload }) => payload as Payload);
  const columns = [
    deliveries.map(({ id }) => id),
    payloads.map(({ key }) => key),
    payloads.map(({ n }) => n),
  ];
  await tx.query(
    'INSERT INTO effects (message_id, key, n) SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[])',
    columns,
  );
}

export type Vocabulary = ReturnType<typeof vocabulary>;
