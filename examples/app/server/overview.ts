import { cached } from "./cache.ts";
import { queryOne } from "./database.ts";

type Overview = Readonly<Record<"accounts" | "orders" | "tickets", number>>;

/** What staff sees of the whole, a minute old at most: it is counted. Accounts that tests use are left out. */
export const overview = (): Promise<Overview> => cached("overview", 60, countAll);

export function countAll(): Promise<Overview> {
  return queryOne<Overview>(
    `select (select count(*)::int from users where not is_test) as accounts,
      (select count(*)::int from orders o join users u on u.id = o.user_id where not u.is_test) as orders,
      (select count(*)::int from tickets t join users u on u.id = t.user_id where not u.is_test) as tickets`,
  );
}
