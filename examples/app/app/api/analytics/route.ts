import { answer, endpoint } from "../../../server/endpoint.ts";
import { accountOf, totals } from "../../../server/orders.ts";

export const GET = endpoint(async (_, user) => answer(await totals(accountOf(user))));
