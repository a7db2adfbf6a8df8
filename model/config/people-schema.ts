/** Everybody whom an incident can reach: `readiness:people`. */
import { z } from "zod";
import { roles } from "../on-call/escalation.ts";
import { pagerDutyZones } from "../on-call/time-zones.ts";
import { slug } from "./forms.ts";
import { line } from "./languages.ts";
import { phone } from "./phone.ts";

/** Of a user's name, and of an address: PagerDuty/api-schema, REST, `User`. */
const pagerDutyText = 100;

export const zone = z
  .enum(pagerDutyZones)
  .describe("one of the time zones that PagerDuty takes, such as Europe/Zagreb or Etc/UTC");

export const person = z.strictObject({
  id: slug,
  name: line.max(pagerDutyText).describe(`${line.description}, of at most ${pagerDutyText} letters`),
  email: z
    .email()
    .max(pagerDutyText)
    .describe(`an e-mail address such as ana@example.com, of at most ${pagerDutyText} letters`),
  /** For SMS and calls. Without it PagerDuty's app is all that wakes the person, which INC-07 has to prove. */
  phone: phone.optional(),
  /**
   * What PagerDuty calls the device on which the person has signed in on its app: it is looked up, so it can be named
   * once the person is declared.
   */
  device: line.optional(),
  /** In a small team a person holds several. */
  roles: z.array(z.enum(roles)).min(1),
  /** Where PagerDuty shows times in another zone than `onCall.timeZone`. */
  timeZone: zone.optional(),
});
