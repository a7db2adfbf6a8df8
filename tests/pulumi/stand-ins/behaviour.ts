/** How the stand-in clouds behave where it matters to a program: test equipment. */
import { createHash } from "node:crypto";
import type { CloudResource, Props } from "./cloud.ts";
import { contactMethod } from "./names.ts";
import { schemaOf } from "./schema.ts";

/** Inputs that the vendor cannot change in place: a change replaces the resource. */
const replacedBy: Readonly<Record<string, readonly string[]>> = {
  "aws:acm/certificate:Certificate": ["domainName", "validationMethod"],
  "aws:backup/vault:Vault": ["name", "kmsKeyArn"],
  "aws:cloudwatch/logGroup:LogGroup": ["name"],
  "aws:ec2/subnet:Subnet": ["cidrBlock", "availabilityZone", "vpcId"],
  "aws:ec2/vpc:Vpc": ["cidrBlock"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["replicationGroupId", "kmsKeyId", "subnetGroupName"],
  "aws:iam/role:Role": ["name"],
  "aws:kms/alias:Alias": ["name"],
  // Not its identifier: that is renamed in place.
  "aws:rds/instance:Instance": ["dbSubnetGroupName", "engine", "kmsKeyId", "storageEncrypted", "username"],
  "aws:rds/subnetGroup:SubnetGroup": ["name"],
  "aws:route53/zone:Zone": ["name"],
  "aws:s3/bucket:Bucket": ["bucket"],
  "datadog:index/monitor:Monitor": ["type"],
  "datadog:index/serviceLevelObjective:ServiceLevelObjective": ["type"],
  "pagerduty:index/serviceIntegration:ServiceIntegration": ["service", "type", "vendor"],
  "random:index/randomPassword:RandomPassword": ["keepers", "length", "overrideSpecial", "special"],
  "vercel:index/projectDomain:ProjectDomain": ["domain", "projectId"],
};

/**
 * Inputs that are sets to the provider: they come back in an order of its own, which is no difference. Of what is
 * more than a text, what it is sorted by.
 */
const sets: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:acm/certificate:Certificate": { subjectAlternativeNames: "" },
  "aws:cloudfront/distribution:Distribution": { aliases: "" },
  "aws:elasticache/replicationGroup:ReplicationGroup": { securityGroupIds: "" },
  "aws:elasticache/subnetGroup:SubnetGroup": { subnetIds: "" },
  "aws:rds/instance:Instance": { enabledCloudwatchLogsExports: "", vpcSecurityGroupIds: "" },
  "aws:rds/subnetGroup:SubnetGroup": { subnetIds: "" },
  "aws:route53/record:Record": { records: "" },
  "datadog:index/logsMetric:LogsMetric": { groupBies: "path" },
  "datadog:index/monitor:Monitor": { tags: "" },
  "datadog:index/serviceLevelObjective:ServiceLevelObjective": { monitorIds: "", tags: "" },
  "datadog:index/spansMetric:SpansMetric": { groupBies: "path" },
  "datadog:index/syntheticsTest:SyntheticsTest": { locations: "" },
  "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable": { targets: "" },
};

/** Where the provider makes a name up, if it is not called `name`. */
const namedBy: Readonly<Record<string, string>> = {
  "aws:rds/instance:Instance": "identifier",
  "aws:s3/bucket:Bucket": "bucket",
};

/** Outputs whose shape programs and rules rely on. */
const shaped: Readonly<Record<string, (inputs: Props, id: string) => Props>> = {
  "aws:acm/certificate:Certificate": ({ domainName }) => ({
    domainValidationOptions: [
      {
        domainName,
        resourceRecordName: `_validate.${domainName}`,
        resourceRecordType: "CNAME",
        resourceRecordValue: "_token.acm-validations.aws",
      },
    ],
  }),
  "aws:route53/keySigningKey:KeySigningKey": () => ({ dsRecord: "12345 13 2 49FD46E6" }),
  "aws:route53/zone:Zone": (_, id) => ({ zoneId: id, nameServers: ["ns-1.example.org", "ns-2.example.org"] }),
  // Rules read services and names out of ARNs.
  "aws:backup/vault:Vault": ({ name }) => ({
    arn: `arn:aws:backup:eu-central-1:${account}:backup-vault:${name}`,
  }),
  "aws:cloudwatch/logGroup:LogGroup": ({ name }, id) => ({
    arn: `arn:aws:logs:eu-central-1:${account}:log-group:${name ?? id}`,
  }),
  "aws:s3/bucket:Bucket": (_, id) => ({ arn: `arn:aws:s3:::${id}` }),
  // Random to the eye, the same for the same id: a test must be able to look for it.
  "random:index/randomPassword:RandomPassword": ({ length }, id) => ({
    result: generatedPassword(id, Number(length)),
    lower: true,
    numeric: true,
    upper: true,
  }),
  "pagerduty:index/serviceIntegration:ServiceIntegration": (_, id) => ({
    integrationKey: integrationKey(id),
  }),
};

/** The password that the stand-in for `random` makes. */
export function generatedPassword(id: string, length: number): string {
  return `generated${id}`.replaceAll(/\W/g, "").padEnd(length, "x");
}

/** The key that the stand-in for PagerDuty gives to an integration. */
export function integrationKey(id: string): string {
  return `key-of-${id}`;
}

/** Number of the AWS account. */
export const account = "123456789012";

const functions: Readonly<Record<string, (args: Props) => Props>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    accountId: account,
    arn: `arn:aws:iam::${account}:user/test`,
    id: account,
    userId: "AIDATEST",
  }),
  // PagerDuty's ids of its vendors are the same in every account.
  "pagerduty:index/getVendor:getVendor": ({ name }) => ({
    id: "PAM4FGS",
    name,
    type: "generic_events_api_inbound_integration",
  }),
};

/**
 * @param live what the cloud has
 * @throws where the package has no such function, or the stand-in does not know it
 */
export function invoke(token: string, args: Props, live: readonly CloudResource[]): Props {
  if (token === "pagerduty:index/getUserContactMethod:getUserContactMethod") return contactMethod(args, live);
  const found = looked[token]?.(args, live);
  if (found) return found;
  const answer = functions[token];
  if (!answer)
    throw new Error(`the stand-in has no answer to ${token}: add it to tests/pulumi/stand-ins/behaviour.ts`);
  return answer(args);
}

/** What is looked up of networks and logs that are there, by token. */
const looked: Readonly<Record<string, (args: Props, live: readonly CloudResource[]) => Props>> = {
  "aws:ec2/getSecurityGroup:getSecurityGroup": ({ vpcId }, live) => ({
    id: live.find((r) => /defaultSecurityGroup:/.test(r.type) && r.outputs["vpcId"] === vpcId)?.id,
  }),
  "aws:ec2/getRouteTables:getRouteTables": ({ vpcId }, live) => ({
    ids: live.flatMap((r) => (/:RouteTable$/.test(r.type) && r.outputs["vpcId"] === vpcId ? [r.id] : [])),
  }),
  "aws:ec2/getRouteTable:getRouteTable": ({ routeTableId }, live) => ({
    associations: live.flatMap(({ type, outputs }) =>
      /:RouteTableAssociation$/.test(type) && outputs["routeTableId"] === routeTableId
        ? [{ subnetId: outputs["subnetId"] }]
        : [],
    ),
  }),
  "aws:cloudwatch/getLogGroups:getLogGroups": ({ logGroupNamePrefix }, live) => ({
    logGroupNames: live.flatMap(({ type, outputs }) => {
      const name = String(outputs["name"]);
      return /logGroup:/.test(type) && name.startsWith(String(logGroupNamePrefix)) ? [name] : [];
    }),
  }),
};

/** Values in the order in which the provider gives sets back. */
export function ordered(type: string, values: Props): Props {
  const sorted = Object.entries(sets[type] ?? {}).flatMap(([key, by]) => {
    const entries = values[key];
    const mark = (entry: unknown) => String(by === "" ? entry : Object(entry)[by]);
    return Array.isArray(entries) ? [[key, entries.toSorted((a, b) => (mark(a) < mark(b) ? -1 : 1))]] : [];
  });
  return { ...values, ...Object.fromEntries(sorted) };
}

export function replacesOn(type: string, property: string): boolean {
  return replacedBy[type]?.includes(property) ?? false;
}

/**
 * The inputs with the name that the provider gives where the program gives none; a name that was given stays.
 * @param seed the engine's: the same in the preview and the update
 */
export function withName(type: string, name: string, inputs: Props, olds: Props, seed: Uint8Array): Props {
  const property = namedBy[type] ?? "name";
  const { inputs: known, always } = schemaOf(type);
  if (property in inputs || !known.has(property) || !always.has(property)) return inputs;
  const suffix = createHash("sha256").update(seed).update(name).digest("hex").slice(0, 7);
  return { ...inputs, [property]: olds[property] ?? `${name}-${suffix}` };
}

/** What the provider adds to the inputs by itself, and so knows in a preview. */
export function planned(type: string, inputs: Props, config: Props): Props {
  const { always } = schemaOf(type);
  return {
    ...(always.has("region") && !("region" in inputs) && "region" in config && { region: config["region"] }),
    ...(always.has("tagsAll") && { tagsAll: inputs["tags"] ?? {} }),
  };
}

/** What stands in the provider's request, where that is not what the program gave. */
export function sent(type: string, inputs: Props): Props | undefined {
  if (type !== "datadog:index/spansMetric:SpansMetric") return undefined;
  // A set of the provider, sorted by path, from which it takes the paths; the names it takes as they stand.
  const groups = inputs["groupBies"] as readonly { readonly path: string; readonly tagName: string }[];
  const paths = groups.map(({ path }) => path).toSorted();
  return { ...inputs, groupBies: groups.map(({ tagName }, index) => ({ path: paths[index], tagName })) };
}

/** What the cloud adds to the inputs. */
export function computed(type: string, id: string, inputs: Props): Props {
  const outputs: Record<string, unknown> = {};
  for (const [property, tsType] of schemaOf(type).always) {
    if (!(property in inputs)) outputs[property] = sample(type, id, property, tsType);
  }
  return { ...outputs, ...shaped[type]?.(inputs, id) };
}

function sample(type: string, id: string, property: string, tsType: string): unknown {
  const [service = ""] = (type.split(":")[1] ?? "").split("/");
  if (/^arn$|Arn$/.test(property)) return `arn:aws:${service}:eu-central-1:${account}:${property}/${id}`;
  if (tsType === "number") return 1;
  if (tsType === "boolean") return false;
  if (tsType.endsWith("[]")) return [];
  if (tsType === "string" || tsType.startsWith('"')) return `${id}-${property}`;
  return {};
}
