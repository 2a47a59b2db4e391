import type { ProductImportResult } from '@shop/contracts';
import { AdminApiError, type adminApi } from '../runner/admin-api.ts';
import type { BadRow, Row } from './row.ts';

export interface Sent {
  items: ProductImportResult['items'];
  refused: BadRow[];
}

/** Imports one batch: products first, since stock is counted per product id. Rows that the shop itself finds fault with are left out. */
export async function send(post: ReturnType<typeof adminApi>, rows: Row[]): Promise<Sent> {
  if (rows.length === 0) return { items: [], refused: [] };
  let items: Sent['items'];
  try {
    ({ items } = await post<ProductImportResult>('/v1/admin/products/import', {
      items: rows.map(({ item }) => item),
    }));
  } catch (error) {
    const refused = error instanceof AdminApiError ? refusedIn(rows, error) : [];
    if (refused.length === 0) throw error;
    const lines = new Set(refused.map(({ line }) => line));
    const rest = await send(
      post,
      rows.filter(({ line }) => !lines.has(line)),
    );
    return { items: rest.items, refused: [...refused, ...rest.refused] };
  }
  await post('/v1/admin/stock/opening', {
    items: items.map(({ id }, index) => ({ productId: id, quantity: rows[index]!.stock })),
  });
  return { items, refused: [] };
}

function refusedIn(rows: Row[], { problem }: AdminApiError): BadRow[] {
  const reasons = new Map<number, string[]>();
  for (const { pointer, message } of problem.errors ?? []) {
    const [, index, field = ''] = /^\/items\/(\d+)(?:\/(.*))?$/.exec(pointer) ?? [];
    const row = index === undefined ? undefined : rows[Number(index)];
    if (row) reasons.set(row.line, [...(reasons.get(row.line) ?? []), `${field} ${message}`.trim()]);
  }
  return [...reasons].map(([line, given]) => ({ line, reasons: given }));
}
