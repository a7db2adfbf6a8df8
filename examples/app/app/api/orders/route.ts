import { answer, endpoint } from "../../../server/endpoint.ts";
import { accountOf, listOrders } from "../../../server/orders.ts";

export const GET = endpoint(async (_, user) => answer({ orders: await listOrders(accountOf(user)) }));
