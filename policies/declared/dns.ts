/** The domain's zone and records, whoever keeps them. */
import type * as aws from "@pulumi/aws";
import type * as cloudflare from "@pulumi/cloudflare";
import { fullName, isExplained, partial } from "../effects/dns-record.ts";
import { rememberedOf } from "../remembered.ts";
import { linked, type Resource, resourceType, type Stack } from "../resource.ts";
import { whenKnown } from "../unknown-value.ts";
import { distribution } from "./edge.ts";

export const record = resourceType<aws.route53.RecordArgs>("aws:route53/record:Record");
export const keySigningKey = resourceType<aws.route53.KeySigningKeyArgs>(
  "aws:route53/keySigningKey:KeySigningKey",
);
export const zoneSigning = resourceType<aws.route53.HostedZoneDnsSecArgs>(
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
);
export const queryLog = resourceType<aws.route53.QueryLogArgs>("aws:route53/queryLog:QueryLog");
export const zone = resourceType<aws.route53.ZoneArgs>("aws:route53/zone:Zone");
export const cloudflareRecord = resourceType<cloudflare.DnsRecordArgs>(
  "cloudflare:index/dnsRecord:DnsRecord",
);
export const cloudflareSigning = resourceType<cloudflare.ZoneDnssecArgs>(
  "cloudflare:index/zoneDnssec:ZoneDnssec",
);

export interface DnsRecord {
  readonly resource: Resource;
  /** The whole name, in small letters. */
  readonly name: string;
  readonly type: string;
  /** What it answers, as zone files have it; none where it is an alias, or known after the deployment alone. */
  readonly values: readonly string[];
  /** The distributions that it leads to. */
  readonly sites: readonly Resource[];
  /** The settings by which it answers a part of the questions alone. */
  readonly partial: readonly string[];
  /** Whether it leads to what a vendor of ours answers, or nowhere. */
  readonly explained: boolean;
}

/** Records whose content is known: that of a validation comes from its certificate. */
export const dnsRecords = rememberedOf((stack: Stack): readonly DnsRecord[] => [
  ...stack
    .ofType(record)
    .filter(({ props }) => whenKnown(() => props.type) !== undefined)
    .map((r): DnsRecord => {
      const resource = r as Resource;
      const sites = linked(resource, "aliases", distribution) as readonly Resource[];
      return {
        resource,
        name: fullName(r.props.name, linked(resource, "zoneId", zone)[0]?.props.name),
        type: r.props.type,
        values: sites.length > 0 ? [] : (r.props.records ?? []),
        sites,
        partial: partial(r.props),
        explained: isExplained(r.props),
      };
    }),
  ...stack
    .ofType(cloudflareRecord)
    .filter(({ props }) => whenKnown(() => props.type) !== undefined)
    .map((r): DnsRecord => {
      const resource = r as Resource;
      const { name, type } = r.props;
      const values = cloudflareValues(r.props);
      return {
        resource,
        name: fullName(name, undefined),
        type,
        values,
        sites: linked(resource, "content", distribution) as readonly Resource[],
        partial: [],
        explained: isExplained({ name, type, records: values }),
      };
    }),
]);

function cloudflareValues(props: NonNullable<(typeof cloudflareRecord)["props"]>): readonly string[] {
  const { type, data } = props;
  if (type === "CAA" && data) return [`${data.flags ?? 0} ${data.tag} "${data.value}"`];
  const text = whenKnown(() => props.content);
  if (text === undefined) return [];
  return [type === "MX" ? `${props.priority ?? 0} ${text}` : text];
}
