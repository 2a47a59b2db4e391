import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Code, readCode } from '../../../manifests/code/index.ts';
import { built, whereBuilt } from '../../../manifests/where-built.ts';
import { root } from '../../../runner/settings.ts';
import { type Cell, cellsOf } from './cells.ts';
import { cellsOfDoor, cellsOfSignIn } from './door.ts';

const titleOf = ({ call }: Cell) => ('hello' in call ? String(call.port) : `${call.method} ${call.path}`);

describe('who may call whom', () => {
  let code: Code;
  beforeAll(async () => {
    code = await readCode(root);
  });
  const cellsWith = async (probe: string, target: string) =>
    cellsOf(await built('kind'), code).filter((cell) => cell.probe.name === probe && cell.target === target);
  const answered = (cells: Cell[]) => cells.filter(({ expected }) => expected === 'answered').map(titleOf);

  whereBuilt('is the routes that the code calls, of all that are tried', async () => {
    const cells = await cellsWith('probe-shop-payments', 'identity');
    expect(answered(cells)).toEqual(['GET /jwks']);
    expect(cells.filter(({ expected }) => expected === 'refused').map(titleOf)).toEqual(
      expect.arrayContaining(['POST /jwks', 'PUT /jwks', 'POST /token', 'GET /health/ready']),
    );
  });

  whereBuilt('is by account and namespace: no stranger gets anything', async () => {
    expect(answered(await cellsWith('probe-shop-gateway', 'orders'))).toContain('POST /v1/orders');
    for (const stranger of ['probe-stranger', 'probe-namesake', 'probe-plaintext'])
      expect(answered(await cellsWith(stranger, 'orders'))).toEqual([]);
  });

  whereBuilt('is by connection, where it is no HTTP', async () => {
    expect(answered(await cellsWith('probe-shop-orders-migrations', 'postgres'))).toEqual(['5432']);
    expect(await cellsWith('probe-shop-orders-migrations', 'kafka')).toMatchObject([{ expected: 'cut' }]);
  });

  whereBuilt('has a caller for every edge of the code', async () => {
    const cells = cellsOf(await built('kind'), code);
    const edges = cells.filter(({ expected }) => expected === 'answered');
    expect([...new Set(edges.map(({ probe }) => probe.name))].sort()).toEqual(
      [
        ...['catalog', 'gateway', 'inventory', 'notifications', 'order-invoice', 'orders', 'payments'],
        ...['catalog-migrations', 'inventory-migrations', 'orders-migrations', 'payments-migrations'],
        ...['psp-sandbox', 'topics'],
      ]
        .map((account) => `probe-shop-${account}`)
        .concat('probe-data-databases', 'probe-keda-keda-operator')
        .sort(),
    );
  });

  it('lets customers to every public route by the door, and to nothing that is only for the cluster', () => {
    const cells = cellsOfDoor(code, 'token');
    expect(answered(cells)).toEqual(
      expect.arrayContaining(['GET /v1/products', 'POST /v1/orders', 'GET /docs']),
    );
    expect(answered(cells)).not.toContain('GET /health/ready');
    expect(cells.map(titleOf)).toContain('GET /metrics');
  });

  whereBuilt(
    'lets browsers sign in by the name of the provider, which opens nothing of the shop',
    async () => {
      const cells = cellsOfSignIn(await built('kind'));
      expect(answered(cells)).toContain('POST /token');
      expect(cells.filter(({ expected }) => expected === 'refused').map(titleOf)).toContain(
        'GET /v1/products',
      );
      expect(cellsOfSignIn(await built('production'))).toEqual([]);
    },
  );
});
