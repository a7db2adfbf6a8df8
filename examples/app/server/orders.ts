/** Orders of an account. Whoever is not logged in sees those of the demonstration account, and changes nothing. */
import { counted, used } from "./business.ts";
import { cached } from "./cache.ts";
import { query, queryOne } from "./database.ts";
import type { User } from "./sessions.ts";

export interface Order {
  readonly id: number;
  readonly title: string;
  readonly cents: number;
  readonly status: "draft" | "placed";
  readonly createdAt: string;
}

export interface Totals {
  readonly orders: number;
  readonly drafts: number;
  readonly cents: number;
}

/** The account whose orders everybody may see: db/seed.ts. */
const demonstration = 1;

export const accountOf = (user: User | undefined) => user?.id ?? demonstration;

const columns = `id::int, title, cents::int, status, created_at as "createdAt"`;

export function listOrders(account: number): Promise<Order[]> {
  return query<Order>(
    `select ${columns} from orders where user_id = $1 order by created_at desc, id desc limit 50`,
    [account],
  );
}

export async function readOrder(account: number, id: number): Promise<Order | undefined> {
  const [order] = await query<Order>(`select ${columns} from orders where user_id = $1 and id = $2`, [
    account,
    id,
  ]);
  return order;
}

export function searchOrders(account: number, words: string): Promise<Order[]> {
  used("search");
  return query<Order>(
    `select ${columns} from orders where user_id = $1 and words @@ websearch_to_tsquery('simple', $2) order by created_at desc, id desc limit 50`,
    [account, words],
  );
}

/** Some seconds old at most. */
export function totals(account: number): Promise<Totals> {
  return cached(`totals:${account}`, 10, () =>
    queryOne<Totals>(
      `select count(*)::int as orders, count(*) filter (where status = 'draft')::int as drafts,
        coalesce(sum(cents) filter (where status = 'placed'), 0)::int as cents from orders where user_id = $1`,
      [account],
    ),
  );
}

export async function draftOrder(user: User, title: string, cents: number): Promise<Order> {
  const order = await queryOne<Order>(
    `insert into orders (user_id, title, cents) values ($1, $2, $3) returning ${columns}`,
    [user.id, title, cents],
  );
  used("draft");
  return order;
}

/** @returns whether there was such a draft; the second of two clicks finds none */
export async function placeOrder(user: User, id: number): Promise<boolean> {
  const [placed] = await query<{ cents: number }>(
    "update orders set status = 'placed' where id = $1 and user_id = $2 and status = 'draft' returning cents::int",
    [id, user.id],
  );
  if (!placed) return false;
  used("place");
  counted("conversions");
  counted("revenue", placed.cents / 100);
  return true;
}

/**
 * Reminds of drafts that lie for a day, of each once, and takes those of the test account away.
 * @returns how many were reminded of
 */
export async function remind(): Promise<number> {
  await query(
    "delete from orders o using users u where u.id = o.user_id and u.is_test and o.status = 'draft' and o.created_at < now() - interval '1 day'",
  );
  const { reminded } = await queryOne<{ reminded: number }>(
    `with due as (
       update orders set reminded_at = now()
       where status = 'draft' and reminded_at is null and created_at < now() - interval '1 day' returning id
     ) select count(*)::int as reminded from due`,
  );
  return reminded;
}
