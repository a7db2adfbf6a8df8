import { describe, expect, it } from "vitest";
import { dnsRules } from "../../../../policies/rules/edge/dns.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { type Links, type Props, site } from "../../support/site.ts";
import { unknown } from "../../support/stack.ts";

const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(dnsRules, id, resources, stack).outcome;

const certificate = resource("aws:acm/certificate:Certificate", "certificate");

describe("DNS", () => {
  const own = site();
  const record = (name: string, props: Props, links: Links = {}) =>
    resource("aws:route53/record:Record", name, { name: "www.example.com", ...props }, links);
  const alias = (type: string, props: Props = {}) => record(type, { type, ...props }, { aliases: [own] });
  const validation = record("validation", { type: unknown, name: unknown }, { type: [certificate] });

  it.each([
    ["an alias", [alias("A")], "pass"],
    ["an alias beside a record that is not known yet", [validation, alias("A")], "pass"],
    ["an alias of the other kind", [alias("AAAA")], "fail"],
    ["an alias of another name", [alias("A", { name: "example.org" })], "fail"],
    ["a record to elsewhere", [record("A", { type: "A" })], "fail"],
    ["an alias whose name is not known yet", [alias("A", { name: unknown })], "unknown"],
  ])("leads by %s", (_, records, expected) => {
    expect(outcome("edge-dns-ipv4", [own, certificate, ...records])).toBe(expected);
  });

  const caa = (...records: readonly string[]) => record("caa", { type: "CAA", records });
  it.each([
    ["those in use", [caa('0 issue "amazon.com"', '0 issue "letsencrypt.org; accounturi=x"')], "pass"],
    ["one of them, and no wildcards", [caa('0 issue "amazon.com"', '0 issuewild ";"')], "pass"],
    ["another", [caa('0 issue "amazon.com"', '0 issue "ca.example.net"')], "fail"],
    ["everybody", [], "fail"],
    ["nobody knows who", [record("caa", { type: "CAA", records: unknown })], "unknown"],
  ])("lets %s issue certificates", (_, records, expected) => {
    expect(outcome("edge-issuers-limited", [own, certificate, validation, ...records])).toBe(expected);
  });
});
