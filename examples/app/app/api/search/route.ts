import { answer, endpoint, refuse } from "../../../server/endpoint.ts";
import { accountOf, listOrders, searchOrders } from "../../../server/orders.ts";

/** Without words: the newest. */
export const GET = endpoint(async (request, user) => {
  const words = request.nextUrl.searchParams.get("q") ?? "";
  if (words.length > 200) return refuse(400, "q must have 200 characters at most");
  const account = accountOf(user);
  return answer({ orders: await (words.trim() ? searchOrders(account, words) : listOrders(account)) });
});
