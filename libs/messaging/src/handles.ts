import { Catch, Controller, type ExceptionFilter, UseFilters } from '@nestjs/common';
import { PATTERN_EXTRAS_METADATA } from '@nestjs/microservices/constants.js';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { MessageDefinition, PayloadOf } from '@shop/contracts';
import type { BatchContext, DeliveryOf, MessageContext } from './delivery.ts';

type AnyHandler = (...args: never[]) => Promise<void>;

/** Fits a method that takes what it is given, or less of it. Compared by hand, because TypeScript lets a method ask for more than it gets. */
type HandlerDecorator<Given extends unknown[]> = <Handler extends AnyHandler>(
  target: object,
  method: string | symbol,
  descriptor: TypedPropertyDescriptor<Handler> &
    (Given extends [...Parameters<Handler>, ...unknown[]] ? unknown : never),
) => void;

/** What the transport learns about a handler besides its patterns. */
export interface HandlerTraits {
  definitions: readonly MessageDefinition[];
  batch: boolean;
}

/** Nest would replace a handler's error by a generic object; the consumer loop needs the error itself to classify it. */
@Catch()
class PassOn implements ExceptionFilter {
  catch(error: unknown): never {
    throw error;
  }
}

/** What a class handles, in the order of its methods. */
export const definitionsHandledBy = ({ prototype }: { prototype: object }): MessageDefinition[] =>
  Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ value }) => {
    const traits =
      typeof value === 'function' ? Reflect.getMetadata(PATTERN_EXTRAS_METADATA, value) : undefined;
    return (traits as HandlerTraits | undefined)?.definitions ?? [];
  });

/** A class whose methods handle messages. */
export const Consumer = (): ClassDecorator => Controller();

/** Handles one message at a time, in its trace and in the transaction that records it as handled. */
export function Handles<D extends MessageDefinition>(
  definition: D,
): HandlerDecorator<[payload: PayloadOf<D>, context: MessageContext]> {
  return handler({ definitions: [definition], batch: false });
}

/** Handles what gathered for a partition in one call and one transaction, in order; falls back to batches of one when that fails. */
export function HandlesBatch<const D extends readonly MessageDefinition[]>(
  ...definitions: D
): HandlerDecorator<[deliveries: DeliveryOf<D>[], context: BatchContext]> {
  return handler({ definitions, batch: true });
}

function handler(
  traits: HandlerTraits,
): (target: object, method: string | symbol, descriptor: PropertyDescriptor) => void {
  return (target, method, descriptor) => {
    const types = traits.definitions.map((definition) => definition.type);
    EventPattern(types, { ...traits })(target, method, descriptor);
    UseFilters(new PassOn())(target, method, descriptor);
    Payload()(target, method, 0);
    Ctx()(target, method, 1);
  };
}
