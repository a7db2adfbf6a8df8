/** The parts of an architecture: what stands for each, and what its declaration says of it in two short lines. */
import { type Resource, resourceType, type Stack } from "../../policies/resource.ts";
import { whenReadable } from "../../policies/unknown-value.ts";

/** The resource that a part is drawn for. */
export const partTypes = {
  dns: "aws:route53/zone:Zone",
  cdn: "aws:cloudfront/distribution:Distribution",
  static: "aws:s3/bucket:Bucket",
  app: "vercel:index/project:Project",
  database: "aws:rds/instance:Instance",
  cache: "aws:elasticache/replicationGroup:ReplicationGroup",
  vault: "aws:backup/vault:Vault",
  copy: "aws:backup/vault:Vault",
  keys: "aws:kms/key:Key",
  network: "aws:ec2/vpc:Vpc",
  datadog: "datadog:index/monitor:Monitor",
  pagerduty: "pagerduty:index/service:Service",
  people: "pagerduty:index/user:User",
  outside: "aws:route53/healthCheck:HealthCheck",
  status: "datadog:index/statusPage:StatusPage",
  customer: "aws:cloudfront/distribution:Distribution",
} as const;
export type PartId = keyof typeof partTypes;

export interface Part {
  readonly id: PartId;
  readonly title: string;
  /** What is declared of it. */
  readonly facts: readonly string[];
}

type Describe = (of: readonly Resource[], stack: Stack) => Omit<Part, "id"> | undefined;

const described: Readonly<Record<PartId, Describe>> = {
  customer: () => ({ title: "Customers", facts: ["browser, HTTPS"] }),
  dns: (zones, stack) => ({
    title: "Route 53",
    facts: [
      ...zones.slice(0, 1).flatMap((zone) => text(zone, "name")),
      counted(stack, "aws:route53/record:Record", "record"),
    ],
  }),
  cdn: (all, stack) => ({
    title: stack.ofType({ token: "aws:wafv2/webAcl:WebAcl" }).length > 0 ? "CloudFront + WAF" : "CloudFront",
    facts: [
      all
        .slice(0, 1)
        .flatMap((one) => value<string>(one, "viewerCertificate", "minimumProtocolVersion") ?? [])
        .map((version) => `${version.replace("TLSv", "TLS ").split("_")[0]} or newer`)
        .join(""),
      ...rateLimits(stack),
    ],
  }),
  static: (all) => ({ title: "S3", facts: [plural(all.length, "bucket")] }),
  app: (all) => ({
    title: all.length === 1 ? `Vercel: ${all[0]?.name}` : `Vercel: ${all.length} projects`,
    facts: all.slice(0, 1).flatMap((one) => {
      const regions = value<readonly string[]>(one, "resourceConfig", "functionDefaultRegions");
      return [...text(one, "framework"), ...(regions ? [`functions in ${regions.join(", ")}`] : [])];
    }),
  }),
  database: (all) => ({
    title: `RDS ${first(all, "engine")} ${first(all, "engineVersion")}`.trim(),
    facts: all.slice(0, 1).flatMap((one) => {
      const zones = value<boolean>(one, "multiAz");
      const storage = value<number>(one, "allocatedStorage");
      return [
        ...text(one, "instanceClass"),
        [
          ...(zones === undefined ? [] : [zones ? "two zones" : "one zone"]),
          ...(storage === undefined ? [] : [`${storage} GiB`]),
        ].join(", "),
      ];
    }),
  }),
  cache: (all) => ({
    title: `Cache: ${first(all, "engine")} ${first(all, "engineVersion")}`.trim(),
    facts: all.slice(0, 1).flatMap((one) => {
      const nodes = value<number>(one, "numCacheClusters");
      const type = first([one], "nodeType");
      const zones = value<boolean>(one, "multiAzEnabled");
      return [
        nodes === undefined ? type : `${nodes} × ${type.replace(/^cache\./, "")}`,
        ...(zones ? ["in several zones"] : []),
      ];
    }),
  }),
  vault: (all, stack) => ({ title: "Backup vault", facts: vaultFacts(all[0], stack) }),
  copy: (all, stack) => (all[1] ? { title: "Second vault", facts: vaultFacts(all[1], stack) } : undefined),
  keys: (all) => {
    const turning = all.filter((key) => value<boolean>(key, "enableKeyRotation") === true).length;
    return { title: "KMS", facts: [plural(all.length, "key"), `${turning} rotated`] };
  },
  network: (all, stack) => {
    const zones = new Set(
      stack
        .ofType({ token: "aws:ec2/subnet:Subnet" })
        .flatMap((subnet) => text(subnet as Resource, "availabilityZone")),
    );
    return {
      title: `VPC ${first(all, "cidrBlock")}`.trim(),
      facts: zones.size > 0 ? [plural(zones.size, "zone")] : [],
    };
  },
  datadog: (all, stack) => ({
    title: "Datadog",
    facts: [
      `${plural(all.length, "monitor")}, ${counted(stack, "datadog:index/serviceLevelObjective:ServiceLevelObjective", "SLO")}`,
      [counted(stack, "datadog:index/syntheticsTest:SyntheticsTest", "check"), ...checkPlaces(stack)].join(
        ", ",
      ),
    ],
  }),
  pagerduty: (all, stack) => ({
    title: "PagerDuty",
    facts: [
      plural(all.length, "service"),
      counted(
        stack,
        "pagerduty:index/escalationPolicy:EscalationPolicy",
        "escalation policy",
        "escalation policies",
      ),
    ],
  }),
  people: (all, stack) => ({
    title: "People",
    facts: [
      plural(all.length, "person", "people"),
      counted(stack, "pagerduty:index/schedule:Schedule", "rotation"),
    ],
  }),
  outside: (all, stack) => ({
    title: "Outside watch",
    facts: [
      `Route 53, every ${all[0] ? (value<number>(all[0], "requestInterval") ?? 30) : 30} s`,
      `CloudWatch, ${counted(stack, "aws:cloudwatch/metricAlarm:MetricAlarm", "alarm")}`,
    ],
  }),
  status: () => ({ title: "Status page", facts: ["for customers"] }),
};

/** The parts of which something is declared. */
export function factsOf(stack: Stack): readonly Part[] {
  return (Object.keys(described) as PartId[]).flatMap((id) => {
    const resources = stack.ofType({ token: partTypes[id] }) as readonly Resource[];
    const part = resources.length > 0 ? described[id](resources, stack) : undefined;
    return part ? [{ id, title: part.title, facts: part.facts.filter((fact) => fact !== "") }] : [];
  });
}

function vaultFacts(vault: Resource | undefined, stack: Stack): readonly string[] {
  if (vault === undefined) return [];
  const region = vault.provider && whenReadable(() => vault.provider?.props["region"]);
  const locks = stack.attached(vaultLock, "backupVaultName", vault);
  const kept = locks.flatMap((lock) => {
    const [least, most] = [value<number>(lock, "minRetentionDays"), value<number>(lock, "maxRetentionDays")];
    return least === undefined ? [] : [`keeps ${least} to ${most ?? "any"} days`];
  });
  return [...(typeof region === "string" ? [region] : []), ...kept.slice(0, 1)];
}

const vaultLock = resourceType<Record<string, unknown>>(
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
);

/** Such as `2000 in 5 min each`. */
function rateLimits(stack: Stack): readonly string[] {
  type Rules = readonly {
    readonly statement?: {
      readonly rateBasedStatement?: { readonly limit: number; readonly evaluationWindowSec?: number };
    };
  }[];
  const rules = stack
    .ofType({ token: "aws:wafv2/webAcl:WebAcl" })
    .flatMap((acl) => whenReadable(() => (acl as Resource).props["rules"] as Rules) ?? []);
  const [limit] = rules.flatMap(({ statement }) => statement?.rateBasedStatement ?? []);
  return limit ? [`${limit.limit} in ${(limit.evaluationWindowSec ?? 300) / 60} min each`] : [];
}

function checkPlaces(stack: Stack): readonly string[] {
  const places = stack
    .ofType({ token: "datadog:index/syntheticsTest:SyntheticsTest" })
    .flatMap((check) => value<readonly string[]>(check as Resource, "locations") ?? []);
  return places.length === 0 ? [] : [plural(new Set(places).size, "place")];
}

/** Nothing where it is not known, or not set. */
function value<T extends string | number | boolean | readonly string[]>(
  resource: Resource,
  ...path: readonly string[]
): T | undefined {
  const read = () =>
    path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], resource.props);
  return whenReadable(read) as T | undefined;
}

function text(resource: Resource, key: string): readonly string[] {
  const read = value(resource, key);
  return read === undefined ? [] : [String(read)];
}

function first([resource]: readonly Resource[], key: string): string {
  return resource ? (text(resource, key)[0] ?? "") : "";
}

function counted(stack: Stack, token: string, one: string, many?: string): string {
  return plural(stack.ofType({ token }).length, one, many);
}

function plural(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
