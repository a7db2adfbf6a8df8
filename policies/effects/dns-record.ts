/** How Route 53 answers by a record (developer guide, "Choosing a routing policy", "Values for alias records"). */
import type * as aws from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";

type Props = Unwrap<aws.route53.RecordArgs>;

/** A name as Route 53 keeps it: in small letters, without the last dot, and whole where only its begin is written. */
export function fullName(name: string, zone: string | undefined): string {
  const plain = name.toLowerCase().replace(/\.$/, "");
  if (zone === undefined || plain === zone || plain.endsWith(`.${zone}`)) return plain;
  return plain === "" ? zone : `${plain}.${zone}`;
}

const policies = [
  "weightedRoutingPolicies",
  "latencyRoutingPolicies",
  "geolocationRoutingPolicies",
  "failoverRoutingPolicies",
  "geoproximityRoutingPolicy",
  "cidrRoutingPolicy",
  "multivalueAnswerRoutingPolicy",
  "healthCheckId",
] as const;

/** The settings by which a record answers a part of the questions alone. */
export function partial(props: Props): readonly string[] {
  // Route 53 refuses to ask for the health of a distribution.
  const asksHealth = props.aliases?.some(({ evaluateTargetHealth }) => evaluateTargetHealth) ?? false;
  const set = policies.filter((policy) => {
    const value = props[policy];
    return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
  });
  return [...set, ...(asksHealth ? ["evaluateTargetHealth"] : [])];
}

/** Records that lead nobody anywhere: who may issue certificates or send mail, and where mail goes. */
const leadingNowhere = ["CAA", "TXT", "SPF", "MX"];

/** Where Vercel answers ("Add a domain"), and where AWS looks for the proof of a certificate. */
const knownTargets = [/(^|\.)vercel-dns(-\d+)?\.com$/, /\.acm-validations\.aws$/];

/** Whether a record that is no alias leads to what a vendor of ours answers, or nowhere. */
export function isExplained({ type, records = [] }: Props): boolean {
  if (leadingNowhere.includes(type)) return true;
  const targets = records.map((target) => target.toLowerCase().replace(/\.$/, ""));
  return (
    type === "CNAME" &&
    targets.length > 0 &&
    targets.every((t) => knownTargets.some((known) => known.test(t)))
  );
}
