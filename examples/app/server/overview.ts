import { queryOne } from "./database.ts";

/** What staff sees of the whole; accounts that tests use are left out. */
export function overview(): Promise<Record<"accounts" | "orders" | "tickets", number>> {
  return queryOne(
    `select (select count(*)::int from users where not is_test) as accounts,
      (select count(*)::int from orders o join users u on u.id = o.user_id where not u.is_test) as orders,
      (select count(*)::int from tickets t join users u on u.id = t.user_id where not u.is_test) as tickets`,
  );
}
