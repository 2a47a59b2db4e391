import { newId, type NewProduct } from '@shop/contracts';
import { aNewProduct, euros } from '@shop/testing';
import type { Gateway } from './gateway.ts';
import { SCARCE_SHARE, type Shelves } from './plan.ts';

const AMPLE = 12;
const SCARCE = 3;
/** How much of what is wanted of a scarce product there is at first. */
const FIRST_SHARE = 0.5;
const MEAN_QUANTITY = 2;

/** The products of a run, and all that was ever added to their stock. */
export interface Stage {
  shelves: Shelves;
  added: Map<string, number>;
}

/** Puts products on the shelves: plenty of most, too few of some. */
export async function setStage(gateway: Gateway, admin: string, orders: number): Promise<Stage> {
  const added = new Map<string, number>();
  const put = async (index: number, units: number) => {
    const id = await create(gateway, admin, index);
    await addStock(gateway, admin, { added }, id, units);
    return id;
  };
  const wanted = (orders * SCARCE_SHARE * MEAN_QUANTITY) / SCARCE;
  const shelves = {
    ample: await Promise.all(Array.from({ length: AMPLE }, (_, index) => put(index, orders * 10 + 1_000))),
    scarce: await Promise.all(
      Array.from({ length: SCARCE }, (_, index) => put(AMPLE + index, Math.ceil(wanted * FIRST_SHARE))),
    ),
  };
  return { shelves, added };
}

/** Adds units once, however often it has to ask. */
export async function addStock(
  gateway: Gateway,
  admin: string,
  { added }: Pick<Stage, 'added'>,
  productId: string,
  units: number,
): Promise<void> {
  const answer = await gateway.patiently({
    method: 'POST',
    path: `/v1/admin/stock/${productId}/adjustments`,
    token: admin,
    key: `stock-${newId()}`,
    body: { delta: units, reason: 'faults' },
  });
  if (answer.status !== 200)
    throw new Error(`stock could not be added: ${answer.status} ${answer.body.code}`);
  added.set(productId, (added.get(productId) ?? 0) + units);
}

async function create(gateway: Gateway, admin: string, index: number): Promise<string> {
  const product: NewProduct = aNewProduct({
    sku: `FAULTS-${index}`,
    name: `Product ${index}`,
    price: euros(100 + 137 * index),
  });
  const answer = await gateway.patiently({
    method: 'POST',
    path: '/v1/admin/products',
    token: admin,
    body: product,
  });
  if (answer.status !== 201 || !answer.body.id)
    throw new Error(`a product could not be created: ${answer.status} ${answer.body.code}`);
  return answer.body.id;
}
