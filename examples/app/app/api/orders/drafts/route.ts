import { answer, endpoint, isOwn, refuse } from "../../../../server/endpoint.ts";
import { draftJson } from "../../../../server/input.ts";
import { draftOrder } from "../../../../server/orders.ts";

export const POST = endpoint(async (request, user) => {
  if (!user) return refuse(401, "log in first");
  if (!isOwn(request.headers)) return refuse(403, "another site asks");
  const { data, error } = draftJson.safeParse(await request.json().catch(() => undefined));
  if (error) return refuse(400, "must be title, a text, and cents, a whole number");
  return answer(await draftOrder(user, data.title, data.cents), 201);
});
