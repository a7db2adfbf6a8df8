/** What notices an outage while Datadog is down: `readiness:outsideWatch`. */
import { z } from "zod";
import { reason } from "./languages.ts";

/** A health check of Route 53, in the AWS account that every stack has. */
const route53 = z.strictObject({ kind: z.literal("route53") });

/** Somebody else's, which rings by a key of PagerDuty's of its own: the output `outsideWatchKey`. */
const elsewhere = z.strictObject({
  kind: z.literal("elsewhere"),
  /** What watches, and why not Route 53; reports say it where what Route 53's has to be like is not asked. */
  because: reason,
});

export const outsideWatch = z.discriminatedUnion("kind", [route53, elsewhere]).default({ kind: "route53" });
