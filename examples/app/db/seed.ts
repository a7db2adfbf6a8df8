/**
 * `node db/seed.ts`: the demonstration account, whose orders everybody may see, and the account of the checks, marked as
 * such. What is there stays; TEST_ACCOUNT_EMAIL and TEST_ACCOUNT_PASSWORD say who the checks log in as.
 */
import { Client } from "pg";
import { where } from "../server/database.ts";
import { hashPassword } from "../server/passwords.ts";

const goods = [
  "Chair of oak",
  "Table for six",
  "Lamp, brass",
  "Shelf of pine",
  "Desk with drawers",
  "Rug, wool",
];

/**
 * Customers, orders and sessions in numbers such as production has, for plans that tell something. They are invented,
 * and nobody can log in as them.
 */
export async function fill(client: Client, customers: number): Promise<void> {
  await client.query(
    `insert into users (name, email, password_hash)
     select 'Customer ' || n, 'customer-' || n || '@demonstration.invalid', '' from generate_series(1, $1::int) n`,
    [customers],
  );
  await client.query(
    `insert into orders (user_id, title, cents, status, created_at)
     select u.id, ($1::text[])[1 + n % $2] || ' no. ' || u.id * 100 + n, n * 100,
       case when n % 5 = 0 then 'draft' else 'placed' end, now() - n * interval '1 hour'
     from users u cross join generate_series(1, 25) n where u.password_hash = ''`,
    [goods, goods.length],
  );
  await client.query(
    `insert into sessions (token_hash, user_id, expires_at)
     select md5(id::text), id, now() + (id % 48 - 36) * interval '1 hour' from users`,
  );
  await client.query("update orders set reminded_at = now() where status = 'draft' and id % 100 <> 0");
  await client.query("vacuum analyze");
}

export async function seed(
  client: Client,
  account: { readonly email: string; readonly password: string },
): Promise<void> {
  await client.query(
    // Nobody can log in with a hash that is none.
    "insert into users (id, name, email, password_hash) values (1, 'Demonstration shop', 'shop@demonstration.invalid', '') on conflict do nothing",
  );
  await client.query(
    `insert into orders (id, user_id, title, cents, status, created_at)
     select n, 1, ($1::text[])[1 + n % $2] || ' no. ' || n, 500 + n % 900 * 10,
       case when n % 5 = 0 then 'draft' else 'placed' end, now() - n * interval '37 minutes'
     from generate_series(1, $3::int) n on conflict do nothing`,
    [goods, goods.length, 60],
  );
  // Ids that were given leave the sequences where they were.
  for (const table of ["users", "orders"]) {
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', 'id'), greatest((select max(id) from ${table}), 1))`,
    );
  }
  await client.query(
    `insert into users (name, email, password_hash, role, is_test) values ('Checks', $1, $2, 'staff', true)
     on conflict (email) do update set password_hash = excluded.password_hash where users.is_test`,
    [account.email, await hashPassword(account.password)],
  );
  await client.query("analyze");
}

if (import.meta.main) {
  const { TEST_ACCOUNT_EMAIL: email, TEST_ACCOUNT_PASSWORD: password } = process.env;
  if (!email || !password) throw new Error("TEST_ACCOUNT_EMAIL and TEST_ACCOUNT_PASSWORD are missing");
  const client = new Client(where(process.env));
  await client.connect();
  await seed(client, { email, password }).finally(() => client.end());
  console.log(`seeded; the checks log in as ${email}`);
}
