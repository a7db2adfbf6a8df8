/** The domain's records. */
import type * as aws from "@pulumi/aws";
import { distribution } from "../../declared/edge.ts";
import { eachRule } from "../../each-rule.ts";
import { equals } from "../../expect.ts";
import { type Resource, resourceType, type Stack } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { whenKnown } from "../../unknown-value.ts";

const record = resourceType<aws.route53.RecordArgs>("aws:route53/record:Record");

/** Amazon's own name for its CA (ACM user guide, "Configure a CAA record") and that of Vercel's CA. */
const issuers = ["amazon.com", "letsencrypt.org"];

export const dnsRules: readonly Rule[] = [
  eachRule({
    id: "edge-dns-ipv4",
    item: "EDGE-13",
    each: distribution,
    check: (site, stack) => unserved(site, stack, "A"),
  }),
  eachRule({
    id: "edge-dns-ipv6",
    item: "EDGE-13",
    each: distribution,
    check: (site, stack) => unserved(site, stack, "AAAA"),
  }),
  resourceRule({
    id: "edge-ipv6-answered",
    item: "EDGE-13",
    type: distribution,
    check: ({ props }) => equals(props, "isIpv6Enabled", true),
  }),
  eachRule({
    id: "edge-issuers-limited",
    item: "EDGE-14",
    each: distribution,
    check: ({ props }, stack) =>
      (props.aliases ?? []).flatMap((alias) => {
        const allowed = issuersOf(alias, stack);
        if (allowed.length === 0) {
          return [
            {
              observed: `no CAA record says who may issue for ${alias}`,
              wanted: `limited to ${issuers.join(" and ")}`,
            },
          ];
        }
        return allowed
          .filter((issuer) => !issuers.includes(issuer))
          .map((issuer) => ({
            observed: `${issuer} may issue for ${alias}`,
            wanted: `limited to ${issuers.join(" and ")}`,
          }));
      }),
  }),
];

/** The names of a distribution that have no alias record of a type. */
function unserved(site: Resource<aws.cloudfront.DistributionArgs>, stack: Stack, type: "A" | "AAAA") {
  const names = stack
    .attached(record, "aliases", site)
    .filter(({ props }) => props.type === type)
    .map(({ props }) => props.name);
  return ((site.props.aliases ?? []) as readonly string[])
    .filter((alias) => !names.includes(alias))
    .map((alias) => ({ observed: `no ${type} record leads from ${alias} to it`, wanted: "declared" }));
}

/** Who may issue certificates for a name, by its own CAA records. */
function issuersOf(name: string, stack: Stack): readonly string[] {
  return (
    stack
      .ofType(record)
      // The type of a validation record comes from its certificate and is not known yet.
      .filter(({ props }) => whenKnown(() => props.type) === "CAA" && props.name === name)
      .flatMap(({ props }) => props.records ?? [])
      .flatMap((entry) => /^\d+ issue "([^";]*)/.exec(entry)?.[1]?.trim() ?? [])
  );
}
