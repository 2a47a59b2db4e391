/** Deliveries for one handler, to be handed over together. */
export interface Stage<Item, Handler> {
  handler: Handler;
  items: Item[];
}

/** Groups by handler as far as the order of each key allows: an item joins an earlier stage of its handler unless its key has been in a later one. */
export function stages<Item extends { key: string }, Handler>(
  items: readonly Item[],
  handlersOf: (item: Item) => readonly Handler[],
): Stage<Item, Handler>[] {
  const result: Stage<Item, Handler>[] = [];
  const lastOf = new Map<string, number>();
  const latest = new Map<Handler, number>();
  for (const item of items) {
    for (const handler of handlersOf(item)) {
      let index = latest.get(handler) ?? -1;
      if (index < (lastOf.get(item.key) ?? 0)) {
        index = result.push({ handler, items: [] }) - 1;
        latest.set(handler, index);
      }
      result[index]?.items.push(item);
      lastOf.set(item.key, index);
    }
  }
  return result;
}
