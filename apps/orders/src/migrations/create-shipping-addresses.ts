import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Personal data by itself, so that an erasure is a DELETE and the books stay (ADR 22). {@link MoveShippingAddresses1700000001003} fills it. */
export class CreateShippingAddresses1700000001002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // No foreign key: its check would cost every order a look-up, and an address is only written beside its order.
    await runner.query('CREATE TABLE shipping_addresses (order_id uuid PRIMARY KEY, address jsonb NOT NULL)');
    await runner.query(`
      ALTER TABLE orders ALTER COLUMN shipping_address DROP NOT NULL, ALTER COLUMN payment_token DROP NOT NULL`);
    // Processes of the version before still write the column; it goes, with this, when there are none of them any more.
    // As its owner, because the app's role is let in to the table only after all migrations; so nobody's temporary table may stand in for it.
    await runner.query(`
      CREATE FUNCTION move_shipping_address() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        INSERT INTO public.shipping_addresses VALUES (NEW.id, NEW.shipping_address);
        NEW.shipping_address := NULL;
        RETURN NEW;
      END $$`);
    await runner.query('REVOKE ALL ON FUNCTION move_shipping_address FROM PUBLIC');
    await runner.query(`
      CREATE TRIGGER move_shipping_address BEFORE INSERT ON orders
      FOR EACH ROW WHEN (NEW.shipping_address IS NOT NULL) EXECUTE FUNCTION move_shipping_address()`);
  }

  /** What was erased stays so: the column may be empty also for the version before. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER move_shipping_address ON orders');
    await runner.query('DROP FUNCTION move_shipping_address');
    await runner.query(
      'UPDATE orders SET shipping_address = address FROM shipping_addresses WHERE order_id = id',
    );
    await runner.query('DROP TABLE shipping_addresses');
  }
}
