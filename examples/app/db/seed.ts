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

/** @param orders of the demonstration account; a test of plans takes many */
export async function seed(
  client: Client,
  account: { readonly email: string; readonly password: string },
  orders = 60,
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
    [goods, goods.length, orders],
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
