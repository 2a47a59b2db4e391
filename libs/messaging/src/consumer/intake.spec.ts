import { describe, expect, it } from '@jest/globals';
import { defineMessage } from '@shop/contracts';
import { z } from 'zod';
import type { Broker } from '../broker/port.ts';
import { defaults } from '../tuning.ts';
import { Handlers } from './handlers.ts';
import type { Handling } from './handling.ts';
import { Intake } from './intake.ts';

const Opened = defineMessage({
  type: 'spec.opened.v1',
  topic: 'spec.doors',
  schema: z.object({ door: z.string() }),
  key: ({ door }) => door,
});

function intake(subscriptions: Record<string, string[]>, handled = true) {
  const handlers = new Handlers(new Map([[Opened.type as string, Opened]]));
  if (handled) handlers.add(Opened.type, async () => {}, { definitions: [Opened], batch: false });
  const consumed: (readonly string[])[] = [];
  const broker = {
    consume: (_: string, topics: readonly string[]) => void consumed.push(topics),
  } as unknown as Broker;
  return { consumed, intake: new Intake(broker, 'doors', subscriptions, handlers, {} as Handling, defaults) };
}

describe('what a service consumes', () => {
  it('is the topics of its handlers and their retry topics', () => {
    const { intake: it, consumed } = intake({ doors: ['spec.doors', 'spec.windows'] });
    it.start();
    expect(consumed).toEqual([['spec.doors', 'spec.doors.doors.retry']]);
    expect(() => it.checkJoined()).toThrow('not joined yet');
  });

  it('must be in the table of subscriptions, or the service does not start', () => {
    expect(() => intake({ windows: ['spec.doors'] }).intake.start()).toThrow(
      'add spec.doors to the subscriptions of doors',
    );
  });

  it('is nothing without handlers, and then nothing need be joined', () => {
    const { intake: it, consumed } = intake({}, false);
    it.start();
    expect(consumed).toEqual([]);
    expect(() => it.checkJoined()).not.toThrow();
  });
});
