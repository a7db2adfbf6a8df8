import { answer, endpoint, refuse } from "../../../../server/endpoint.ts";
import { accountOf, readOrder } from "../../../../server/orders.ts";

export const GET = endpoint<{ params: Promise<{ id: string }> }>(async (_, user, { params }) => {
  const { id } = await params;
  const order = /^\d{1,9}$/.test(id) ? await readOrder(accountOf(user), Number(id)) : undefined;
  return order ? answer(order) : refuse(404, "there is no such order");
});
