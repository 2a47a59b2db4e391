import { z } from 'zod';
import { Id } from '../id.ts';
import { Money } from '../money.ts';
import { digits, page, pageQuery, Timestamp } from './page.ts';
import { text } from './text.ts';

const Category = z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, 'must be lower-case letters, digits and hyphens');
const Sku = z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,39}$/, 'must be capital letters, digits and hyphens');

/** What an administrator sets; the rest is the catalogue's. */
export const NewProduct = z
  .strictObject({
    sku: Sku,
    name: text(200),
    description: text(4000),
    category: Category,
    price: Money,
  })
  .meta({ id: 'NewProduct' });
export type NewProduct = z.output<typeof NewProduct>;

export const ProductPatch = NewProduct.omit({ sku: true })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'must change at least one field')
  .meta({ id: 'ProductPatch' });
export type ProductPatch = z.output<typeof ProductPatch>;

export const Product = z
  .strictObject({
    id: Id,
    sku: z.string(),
    name: z.string(),
    description: z.string(),
    category: z.string(),
    price: Money,
    /** Units that can be ordered now; null while inventory does not answer. */
    available: z.int().nullable(),
    version: z.int().positive(),
    updatedAt: Timestamp,
  })
  .meta({ id: 'Product' });
export type Product = z.output<typeof Product>;

export const ProductQuery = pageQuery
  .extend({
    query: z.string().trim().max(200).optional(),
    category: Category.optional(),
    minPrice: digits(z.int().nonnegative()).optional(),
    maxPrice: digits(z.int().nonnegative()).optional(),
    sort: z.enum(['name', 'price', '-price', 'newest']).default('name'),
  })
  .meta({ id: 'ProductQuery' });
export type ProductQuery = z.output<typeof ProductQuery>;
export const ProductPage = page(Product).meta({ id: 'ProductPage' });

/** Products asked for by id. */
export const ProductList = z.strictObject({ items: z.array(Product) }).meta({ id: 'ProductList' });
export type ProductList = z.output<typeof ProductList>;

export const CategoryList = z
  .strictObject({ items: z.array(z.strictObject({ id: z.string(), name: z.string(), products: z.int() })) })
  .meta({ id: 'CategoryList' });
export type CategoryList = z.output<typeof CategoryList>;

/** Up to 500 products at once, created or brought up to date by `sku`. Answers their ids in the same order. */
export const ProductImport = z
  .strictObject({ items: z.array(NewProduct).min(1).max(500) })
  .meta({ id: 'ProductImport' });
export type ProductImport = z.output<typeof ProductImport>;
export const ProductImportResult = z
  .strictObject({
    items: z.array(
      z.strictObject({ id: Id, sku: z.string(), outcome: z.enum(['created', 'updated', 'unchanged']) }),
    ),
  })
  .meta({ id: 'ProductImportResult' });
export type ProductImportResult = z.output<typeof ProductImportResult>;
