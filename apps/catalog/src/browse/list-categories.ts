import { Injectable } from '@nestjs/common';
import type { CategoryList } from '@shop/contracts';
import { Database } from '@shop/persistence';
import { categoryName } from './category-name.ts';

/** Categories are what products say they are; a name is read off the slug. */
@Injectable()
export class ListCategories {
  constructor(private readonly database: Database) {}

  async run(): Promise<CategoryList> {
    const rows = await this.database.query<{ id: string; products: number }>(
      `SELECT category AS id, count(*)::int AS products FROM products GROUP BY category ORDER BY category`,
    );
    return { items: rows.map(({ id, products }) => ({ id, name: categoryName(id), products })) };
  }
}
