import { createHash, timingSafeEqual } from "node:crypto";
import type { NextRequest } from "next/server";
import { finished, sessionsAre } from "../../../../server/business.ts";
import { answer, refuse } from "../../../../server/endpoint.ts";
import { report } from "../../../../server/errors.ts";
import { log } from "../../../../server/log.ts";
import { remind } from "../../../../server/orders.ts";
import { activeSessions } from "../../../../server/sessions.ts";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Vercel's clock calls it, by vercel.json; nobody else has the secret. */
export async function GET(request: NextRequest): Promise<Response> {
  const { CRON_SECRET: secret } = process.env;
  const given = request.headers.get("authorization") ?? "";
  if (!secret || !timingSafeEqual(digest(given), digest(`Bearer ${secret}`)))
    return refuse(401, "not for you");
  try {
    const reminded = await remind();
    sessionsAre(await activeSessions());
    finished("send-reminders");
    log("info", "reminders sent", { job: "send-reminders", reminded });
    return answer({ reminded });
  } catch (error) {
    report(error, { job: "send-reminders" });
    return refuse(500, "something went wrong on our side");
  }
}
