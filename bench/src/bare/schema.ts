/** The tables behind the bare pipeline: what the shop keeps of an order, with the same keys and indexes. */
const messaging = `
  CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, message_id uuid NOT NULL, topic text NOT NULL, key text NOT NULL,
    type text NOT NULL, payload text NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
  ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
  CREATE TABLE inbox (
    consumer text NOT NULL, message_id uuid NOT NULL, seen_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (consumer, message_id)
  );`;

export const schemas = {
  orders: `${messaging}
    CREATE TABLE idempotency_keys (
      caller text NOT NULL, key text NOT NULL, fingerprint bytea NOT NULL, status smallint NOT NULL, body json,
      created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (caller, key)
    );
    CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
    CREATE TABLE products (
      id uuid PRIMARY KEY, sku text NOT NULL, name text NOT NULL, price_amount bigint NOT NULL, currency text NOT NULL
    );
    CREATE TABLE orders (
      id uuid PRIMARY KEY, customer_id text NOT NULL, status text NOT NULL DEFAULT 'PENDING', lines jsonb NOT NULL,
      total_amount bigint NOT NULL, currency text NOT NULL, payment_token text,
      created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE shipping_addresses (order_id uuid PRIMARY KEY, address jsonb NOT NULL);
    CREATE INDEX orders_of_customer ON orders (customer_id, id);
    CREATE INDEX orders_of_customer_by_status ON orders (customer_id, status, id);
    CREATE TABLE order_sagas (
      order_id uuid PRIMARY KEY REFERENCES orders (id), state text NOT NULL, since timestamptz NOT NULL DEFAULT now(),
      deadline timestamptz, timeline_seq integer NOT NULL
    ) WITH (fillfactor = 80);
    CREATE INDEX order_sagas_under_way ON order_sagas (deadline) WHERE deadline IS NOT NULL;
    CREATE TABLE order_timeline (
      order_id uuid NOT NULL, seq integer NOT NULL, at timestamptz NOT NULL, service text NOT NULL, type text NOT NULL,
      detail jsonb NOT NULL, PRIMARY KEY (order_id, seq)
    );`,
  inventory: `${messaging}
    CREATE TABLE stock (
      product_id uuid PRIMARY KEY, on_hand integer NOT NULL, reserved integer NOT NULL DEFAULT 0,
      CHECK (reserved >= 0), CHECK (on_hand >= reserved)
    ) WITH (fillfactor = 50);
    CREATE TABLE reservations (
      order_id uuid PRIMARY KEY, state text NOT NULL, lines jsonb NOT NULL, expires_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX reservations_to_expire ON reservations (expires_at) WHERE state = 'RESERVED';`,
  payments: `${messaging}
    CREATE TABLE payments (
      id uuid PRIMARY KEY, order_id uuid NOT NULL UNIQUE, state text NOT NULL, amount bigint NOT NULL, currency text NOT NULL,
      token text NOT NULL, psp_id text, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()
    ) WITH (fillfactor = 70);
    CREATE INDEX payments_unfinished ON payments (order_id) WHERE state IN ('AUTHORISING', 'AUTHORISED', 'CAPTURING');
    CREATE TABLE psp_calls (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payment_id uuid NOT NULL, step text NOT NULL,
      state text NOT NULL DEFAULT 'open', created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()
    ) WITH (fillfactor = 70);
    CREATE UNIQUE INDEX psp_calls_one_open ON psp_calls (payment_id) WHERE state = 'open';
    CREATE TABLE ledger_entries (
      payment_id uuid NOT NULL, kind text NOT NULL, account text NOT NULL, amount bigint NOT NULL, currency text NOT NULL,
      booked_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (payment_id, kind, account)
    );`,
} as const;

export type BareDatabase = keyof typeof schemas;

export const topics = {
  inventoryCommands: 'bare.inventory.commands',
  inventoryEvents: 'bare.inventory.events',
  paymentsCommands: 'bare.payments.commands',
  paymentsEvents: 'bare.payments.events',
  ordersEvents: 'bare.orders.events',
} as const;
