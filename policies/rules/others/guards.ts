/** What guards nothing, leads nowhere or tells nobody, although it is declared. */

import { projectDomain } from "../../declared/application.ts";
import { distribution } from "../../declared/edge.ts";
import { monitor, objective } from "../../declared/monitoring.ts";
import type { Resource, Stack } from "../../resource.ts";
import { is, unsound } from "../../sound/sound.ts";
import { whenReadable } from "../../unknown-value.ts";
import { type Check, each, type Other } from "./other.ts";

/** What a firewall can stand before. */
const guardable = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:apigateway/stage:Stage",
  distribution.token,
];

const guards: Check = (acl, stack) => {
  const users = [
    ...stack.attached({ token: "aws:wafv2/webAclAssociation:WebAclAssociation" }, "webAclArn", acl),
    ...stack.attached(distribution, "webAclId", acl as Resource<unknown>),
  ];
  return users.length > 0 || !guardable.some((token) => stack.ofType({ token }).length > 0)
    ? undefined
    : { doubt: "nothing of this program stands behind it" };
};

/** Whatever of it is a text. */
function textsOf(record: Resource, ...properties: readonly string[]): readonly string[] {
  const read = (property: string) => [record.props[property] ?? []].flat().map(String);
  return properties.flatMap((property) => whenReadable(() => read(property)) ?? []);
}

/** S3 User Guide, "Website endpoints": the bucket has the name of the record, and whoever makes one answers. */
const website = /^(.+)\.s3-website[.-][a-z0-9-]+\.amazonaws\.com\.?$/;
const vercel = /^(cname\.vercel-dns(-\d+)?\.com\.?|76\.76\.21\.\d+)$/;

/** By type where a record's targets stand. */
const recordTargets: Readonly<Record<string, readonly string[]>> = {
  "aws:route53/record:Record": ["records"],
  "cloudflare:index/dnsRecord:DnsRecord": ["content"],
  // Before version 6 of the provider.
  "cloudflare:index/record:Record": ["content", "value"],
};

const leadsSomewhere: Check = (record, stack) => {
  const targets = textsOf(record, ...(recordTargets[record.type] ?? []));
  const name = textsOf(record, "name")[0]?.replace(/\.$/, "");
  const gone = targets
    .flatMap((target) => website.exec(target)?.[1] ?? [])
    .filter((b) => !hasBucket(stack, b));
  if (gone.length > 0) {
    return {
      doubt: `it leads to the bucket ${gone[0]}, which this program does not declare: whoever makes one of that name answers`,
    };
  }
  const domains = stack.ofType(projectDomain);
  return domains.length > 0 &&
    name?.includes(".") &&
    targets.some((target) => vercel.test(target)) &&
    !domains.some(({ props }) => props.domain === name)
    ? { doubt: `it leads to Vercel, and no project of this program has the domain ${name}` }
    : undefined;
};

function hasBucket(stack: Stack, name: string): boolean {
  return stack
    .ofType<{ readonly bucket?: string }>({ token: "aws:s3/bucket:Bucket" })
    .some(({ props }) => props.bucket === name);
}

const alerted: Check = (one, stack) => {
  const { type } = one.props;
  const watching = stack.attached(monitor, "query", one as Resource<unknown>);
  // Of monitors' uptime the monitors tell themselves.
  return type === "monitor" || watching.some(({ props }) => props.type === "slo alert")
    ? undefined
    : {
        observed: "nobody is told when its error budget burns",
        wanted: "an alert",
        mend: "declare a monitor of type slo alert on its burn rate",
      };
};

export const guardRules: readonly Other[] = [
  {
    id: "firewalls-guard-something",
    item: "EDGE-06",
    types: { "aws:wafv2/webAcl:WebAcl": guards },
  },
  {
    id: "names-lead-somewhere",
    item: "EDGE-13",
    types: each(Object.keys(recordTargets), leadsSomewhere),
  },
  { id: "objectives-alerted", item: "MON-08", types: { [objective.token]: alerted } },
  // Security Hub, ElastiCache.5.
  {
    id: "cache-nodes-use-tls",
    item: "CACHE-02",
    types: {
      "aws:elasticache/cluster:Cluster": (one) =>
        one.props["engine"] === "memcached" || one.props["replicationGroupId"]
          ? undefined
          : unsound(one, { transitEncryptionEnabled: is(true) }),
    },
  },
];
