/** A class's own methods with their descriptors, as a class decorator needs them to act on each. */
export function methodsOf({
  prototype,
}: {
  prototype: object;
}): [name: string, method: TypedPropertyDescriptor<object>][] {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype)).filter(
    ([name, { value }]) => name !== 'constructor' && typeof value === 'function',
  );
}
