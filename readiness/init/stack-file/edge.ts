/** The domain's records, and what requests reach first, by kind. */
import { text } from "../question.ts";
import { type Kinds, scalar } from "./piece.ts";

export const dns: Kinds = {
  route53: ({ answers, production }) => {
    const stack = production ? "Prod" : "Staging";
    const [zone, log] = [text(answers, `zone${stack}`), text(answers, `queryLog${stack}`)];
    if (["", "none"].includes(zone))
      return "  # A hosted zone of the domain's name; delegate it when the first `up` asks for that.";
    return `  # There already: read and never changed, but for the domain's records.
  zoneId: ${scalar(zone)}${["", "none"].includes(log) ? "" : `\n  queryLogId: ${scalar(log)}`}`;
  },
  cloudflare: ({ answers }) => `  zone: ${scalar(text(answers, "cloudflareZone"))}
  zoneId: ${scalar(text(answers, "cloudflareZoneId"))}`,
  external: () => "  # The output `dnsRecords` says what has to stand there.",
};

const rate = (production: boolean) =>
  production
    ? `  # A busy office behind one address stays far below this; a scraper or a password guesser does not.
  rateLimitPer5Minutes: 2000`
    : `  # Low enough for a test to reach it.
  rateLimitPer5Minutes: 500`;

export const edge: Kinds = {
  cloudfront: ({ production }) => `${rate(production)}
  # North America and Europe. Others are served too, from there.
  priceClass: PriceClass_100
  accessLogRetentionDays: ${production ? 365 : 30}`,
  vercel: ({ production }) => rate(production),
};
