/** Ids that the contracts accept, and what people call them. */
export const orderIds = [1, 2, 3].map((n) => `01940000-0000-7000-8000-00000000000${n}`);
export const productIds = [1, 2].map((n) => `01940000-0000-7000-9000-00000000000${n}`);

const names = new Map([...orderIds.map((id, index) => [id, 'ABC'[index]!] as const)]);

/** `A`, `B` or `C`. */
export const orderName = (id: string): string => names.get(id) ?? id;
export const orderIndex = (id: string): number => orderIds.indexOf(id);
