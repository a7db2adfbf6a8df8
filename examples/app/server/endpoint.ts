/** What every endpoint of the API has: who asks, a limit, no cache, an answer for what goes wrong. */
import type { NextRequest } from "next/server";
import { report } from "./errors.ts";
import { clientOf, exceeded, limits } from "./rate-limit.ts";
import { cookieName, type User, userOf } from "./sessions.ts";

type Handler<Context> = (request: NextRequest, user: User | undefined, context: Context) => Promise<Response>;

export function endpoint<Context>(handler: Handler<Context>) {
  return async (request: NextRequest, context: Context): Promise<Response> => {
    try {
      const wait = await exceeded(limits.api, clientOf(request.headers));
      if (wait !== undefined) return refuse(429, "too many requests", { "retry-after": String(wait) });
      const user = await userOf(request.cookies.get(cookieName())?.value);
      return await handler(request, user, context);
    } catch (error) {
      report(error, { path: request.nextUrl.pathname });
      return refuse(500, "something went wrong on our side");
    }
  };
}

export const answer = (body: object, status = 200) =>
  Response.json(body, { status, headers: { "cache-control": "private, no-store" } });

export const refuse = (status: number, error: string, headers: Record<string, string> = {}) =>
  Response.json({ error }, { status, headers: { ...headers, "cache-control": "no-store" } });

/** A browser says where a request comes from: none of another site's is answered, whatever cookies it brings. */
export function isOwn(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null || site === "same-origin" || site === "none";
}
