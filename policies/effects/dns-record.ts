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

/** Of mail, and of whoever proves something by a text: they lead no visitor anywhere. */
const ofMailAndProofs = ["MX", "SPF", "TXT"];

/** Whether a record tells others what they may do in the domain's name, and not where it is. */
export function isOfMailOrProof({ type }: { readonly type: string }): boolean {
  return ofMailAndProofs.includes(type);
}

/** RFC 7505: no mail is taken. */
const noMail = /^0\s+\.?$/;

/** RFC 7208: a text that lets nobody send mail; RFC 8555: one that lets whoever wrote it have a certificate. */
function isHarmless(name: string, text: string): boolean {
  const [version = "", ...terms] = text.replaceAll('"', "").trim().toLowerCase().split(/\s+/);
  if (name.toLowerCase().startsWith("_acme-challenge")) return false;
  return version !== "v=spf1" || terms.every((term) => /^[-~]all$/.test(term));
}

/** Where Vercel answers ("Add a domain"), and where AWS looks for the proof of a certificate. */
const knownTargets = [/(^|\.)vercel-dns(-\d+)?\.com$/, /\.acm-validations\.aws$/];

/** Where Vercel answers by address: that of its documentation, "Setting up a custom domain", and its newer ranges. */
const vercelsAddress = /^(76\.76\.21|216\.198\.79|64\.29\.17)\.\d+$/;

/** Whether a record that is no alias leads to what a vendor of ours answers, or nowhere. */
export function isExplained({
  name,
  type,
  records = [],
}: {
  readonly name: string;
  readonly type: string;
  readonly records?: readonly string[] | undefined;
}): boolean {
  if (type === "CAA") return true;
  if (type === "MX") return records.every((record) => noMail.test(record.trim()));
  if (isOfMailOrProof({ type })) return records.every((text) => isHarmless(name, text));
  if (type === "A") return records.length > 0 && records.every((address) => vercelsAddress.test(address));
  const targets = records.map((target) => target.toLowerCase().replace(/\.$/, ""));
  return (
    type === "CNAME" &&
    targets.length > 0 &&
    targets.every((t) => knownTargets.some((known) => known.test(t)))
  );
}
