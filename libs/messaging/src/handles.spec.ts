import { describe, expect, it } from '@jest/globals';
import { defineMessage } from '@shop/contracts';
import { z } from 'zod';
import { Handlers } from './consumer/handlers.ts';
import type { Intake } from './consumer/intake.ts';
import type { Delivery, DeliveryOf, MessageContext } from './delivery.ts';
import { Consumer, Handles, HandlesBatch } from './handles.ts';
import { KafkaTransport } from './kafka-transport.ts';

const Opened = defineMessage({
  type: 'spec.opened.v1',
  topic: 'spec',
  schema: z.object({ door: z.string() }),
  key: ({ door }) => door,
});
const Closed = defineMessage({
  type: 'spec.closed.v1',
  topic: 'spec',
  schema: z.object({ by: z.int() }),
  key: ({ by }) => String(by),
});

/** Nothing here runs: it need only compile, or fail to. */
@Consumer()
export class Doors {
  @Handles(Opened)
  async opened(_payload: { door: string }, _context: MessageContext) {}

  @Handles(Opened)
  async openedWithoutContext(_payload: { door: string }) {}

  // @ts-expect-error -- the payload of Opened has no colour
  @Handles(Opened)
  async repainted(_payload: { colour: string }) {}

  // @ts-expect-error -- a number is no door
  @Handles(Opened)
  async numbered(_payload: { door: number }) {}

  @HandlesBatch(Opened, Closed)
  async both(deliveries: DeliveryOf<[typeof Opened, typeof Closed]>[]) {
    for (const delivery of deliveries) {
      if (delivery.type === 'spec.opened.v1') delivery.payload.door satisfies string;
      else delivery.payload.by satisfies number;
    }
  }

  // @ts-expect-error -- Closed would arrive too
  @HandlesBatch(Opened, Closed)
  async one(_deliveries: Delivery<typeof Opened>[]) {}
}

describe('the transport', () => {
  const transport = (known = [Opened]) => {
    const handlers = new Handlers(
      new Map(known.map((definition) => [definition.type as string, definition])),
    );
    return {
      handlers,
      transport: new KafkaTransport(handlers, { start: () => {}, stop: async () => {} } as unknown as Intake),
    };
  };

  it('takes one method for several types as one handler', () => {
    const { handlers, transport: kafka } = transport([Opened, Closed] as never);
    const extras = { definitions: [Opened, Closed], batch: true };
    for (const type of ['spec.opened.v1', 'spec.closed.v1'])
      kafka.addHandler(type, async () => {}, true, extras);
    expect(handlers.of('spec.opened.v1')).toEqual(handlers.of('spec.closed.v1'));
    expect(handlers.of('spec.opened.v1')[0]).toBe(handlers.of('spec.closed.v1')[0]);
  });

  it('refuses at start a handler of a message that no catalogue knows', () => {
    const extras = { definitions: [Closed], batch: false };
    expect(() => transport().transport.addHandler('spec.closed.v1', async () => {}, true, extras)).toThrow(
      'spec.closed.v1, which is not among the known messages',
    );
  });

  it('refuses at start a handler that was declared with Nest’s own decorators', () => {
    expect(() => transport().transport.addHandler('spec.opened.v1', async () => {}, true)).toThrow(
      'must be declared with @Handles',
    );
  });
});
