import { describe, expect, it } from '@jest/globals';
import { NewProduct, Order, PlaceOrder, Product, ShippingAddress } from '@shop/contracts';
import { aNewProduct, anAddress, anOrder, aPlaceOrder, aProduct } from './builders.ts';

describe('the builders', () => {
  it.each([
    ['an address', ShippingAddress, anAddress()],
    ['a new product', NewProduct, aNewProduct()],
    ['a product', Product, aProduct()],
    ['an order to place', PlaceOrder, aPlaceOrder()],
    ['an order', Order, anOrder()],
  ])('build %s that the contracts accept', (_, schema, built) => {
    expect(schema.parse(built)).toEqual(built);
  });

  it('give every product a sku of its own', () => {
    expect(aNewProduct().sku).not.toBe(aNewProduct().sku);
  });
});
