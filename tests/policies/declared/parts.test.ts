import { expect, it } from "vitest";
import { chosenParts } from "../../../model/parts.ts";
import { strangers } from "../../../policies/declared/parts.ts";
import { declared, stackOf } from "../support/stack.ts";

const distribution = "aws:cloudfront/distribution:Distribution";
const record = "aws:route53/record:Record";
const theirs = "cloudflare:index/dnsRecord:DnsRecord";

it.each([
  [distribution, { edge: "vercel" }, "edge"],
  ["aws:wafv2/webAcl:WebAcl", { edge: "vercel" }, "edge"],
  [distribution, { edge: "cloudfront" }, undefined],
  [record, { dns: "cloudflare" }, "DNS"],
  [record, { dns: "external" }, "DNS"],
  ["aws:route53/zone:Zone", { dns: "external" }, "DNS"],
  [theirs, { dns: "external" }, "DNS"],
  [theirs, { dns: "route53" }, "DNS"],
  [theirs, { dns: "cloudflare" }, undefined],
  // The watch from outside stands whoever keeps the records.
  ["aws:route53/healthCheck:HealthCheck", { dns: "external", edge: "vercel" }, undefined],
] as const)("%s is a stranger to %j: %s", (type, kinds: Readonly<Record<string, string>>, part) => {
  const chosen = chosenParts((name) => name in kinds && { kind: kinds[name] });
  expect(strangers(stackOf([declared(type)]), chosen)[0]?.part).toBe(part);
});
