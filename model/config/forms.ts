/** The forms that values of a stack file have, whatever key they stand under. */
import { z } from "zod";
import { block, isPrivate } from "../cidr.ts";

/**
 * A text of a certain form; `allowed` says which. Error messages take what is allowed from the schema:
 * from the description where there is one, from types, ranges and choices where there is none.
 */
export const text = (form: RegExp, allowed: string) => z.string().regex(form).describe(allowed);
/** What a form leaves to be filled in, such as `[Name]`; a link's text is none. */
const placeholder = /\[[^[\]]*\](?!\()|\b(TODO|TBD|FIXME)\b/;
/** What a terminal or a reader's eye would act on: control characters, and those that turn the direction of text. */
const acting = /[^\P{C}\n\t\u200c\u200d]|[\u2028\u2029]/u;
/** What somebody has written, wherever people write. */
export const filled = z
  .string()
  .refine((written) => written.trim() !== "" && !placeholder.test(written) && !acting.test(written))
  .describe("a text of your own, with nothing in brackets left to fill in");
export const slug = text(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/, "a lower-case name such as web-platform");
/** AWS Certificate Manager, `RequestCertificate`: 64 letters at most, as RFC 5280 has a common name. */
export const domain = text(
  /^(?=.{4,64}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/,
  "a domain name such as portal.example.com, of at most 64 letters",
);
/** AWS takes others, and what they belong to on the internet could then not be reached. */
export const cidr = z
  .cidrv4({ abort: true })
  .refine((range) => block(range, 0, 0) === range && isPrivate(range))
  .describe("a private IPv4 range (RFC 1918) that starts on its boundary, such as 10.40.0.0/16");
/** From 1, so that the fraction 0.7 does not pass for 70. */
export const percent = z.number().min(1).max(100);
/** At 100 there would be no error budget. */
export const availabilityPercent = z.number().min(50).max(99.999);
export const errorPercent = z.number().min(0.001).max(50);
export const count = (min: number, max: number) => z.int().min(min).max(max);
export const milliseconds = z.number().min(1).max(60_000);
