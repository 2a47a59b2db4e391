import type { MessageDefinition } from '@shop/contracts';
import type { HandlerTraits } from '../handles.ts';

/** Nest's way into a handler method: guards, interceptors, the method. */
export type Callback = (input: unknown, context: unknown) => Promise<unknown>;

export interface Handler {
  batch: boolean;
  call: Callback;
}

/** The handlers of a service, by message type. */
export class Handlers {
  readonly #byType = new Map<string, Handler[]>();
  readonly #byCallback = new Map<unknown, Handler>();
  readonly #topics = new Set<string>();

  constructor(private readonly catalogue: ReadonlyMap<string, MessageDefinition>) {}

  /** Throws when the type is in no catalogue: its messages would all become dead letters. */
  add(type: string, call: Callback, traits: HandlerTraits): void {
    const definition = this.catalogue.get(type);
    if (!definition) throw new Error(`a handler wants ${type}, which is not among the known messages`);
    // Nest makes a callback per pattern; the definitions tell which patterns belong to one method.
    const handler = this.#byCallback.get(traits.definitions) ?? { batch: traits.batch, call };
    this.#byCallback.set(traits.definitions, handler);
    this.#byType.set(type, [...this.of(type), handler]);
    this.#topics.add(definition.topic);
  }

  of(type: string): readonly Handler[] {
    return this.#byType.get(type) ?? [];
  }

  get topics(): ReadonlySet<string> {
    return this.#topics;
  }
}
