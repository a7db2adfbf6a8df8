/** What the stand-in clouds call things, and which names they give once only: test equipment. */
import type { CloudResource, Props } from "./cloud.ts";

/** Inputs that the vendor keeps unique, alone or together: a second resource with the same is refused. */
const uniqueBy: Readonly<Record<string, readonly string[]>> = {
  "aws:backup/vault:Vault": ["name"],
  "aws:cloudwatch/logGroup:LogGroup": ["name"],
  "aws:elasticache/parameterGroup:ParameterGroup": ["name"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["replicationGroupId"],
  "aws:elasticache/subnetGroup:SubnetGroup": ["name"],
  "aws:iam/role:Role": ["name"],
  "aws:kms/alias:Alias": ["name"],
  "aws:rds/instance:Instance": ["identifier"],
  "aws:rds/parameterGroup:ParameterGroup": ["name"],
  "aws:rds/subnetGroup:SubnetGroup": ["name"],
  "aws:s3/bucket:Bucket": ["bucket"],
  "datadog:index/logsIndex:LogsIndex": ["name"],
  "datadog:index/logsMetric:LogsMetric": ["name"],
  "datadog:index/spansMetric:SpansMetric": ["name"],
  "datadog:ms/integrationTeamsTenantBasedHandle:IntegrationTeamsTenantBasedHandle": ["name"],
  "pagerduty:index/businessService:BusinessService": ["name"],
  "pagerduty:index/escalationPolicy:EscalationPolicy": ["name"],
  "pagerduty:index/schedule:Schedule": ["name"],
  "pagerduty:index/service:Service": ["name"],
  "pagerduty:index/tag:Tag": ["label"],
  "pagerduty:index/team:Team": ["name"],
  "pagerduty:index/user:User": ["email"],
  "pagerduty:index/userContactMethod:UserContactMethod": ["userId", "type", "address"],
  "vercel:index/project:Project": ["name"],
  "vercel:index/projectDomain:ProjectDomain": ["domain"],
  "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable": ["projectId", "key", "targets"],
};

/** Types whose name is their id. */
const identifiedBy: Readonly<Record<string, string>> = {
  "datadog:index/logsIndex:LogsIndex": "name",
  "datadog:index/logsMetric:LogsMetric": "name",
  "datadog:index/spansMetric:SpansMetric": "name",
  "vercel:index/projectDomain:ProjectDomain": "domain",
};

/** What an id for `pulumi import` has before the id proper: that of what it is a part of. */
const importedWith: Readonly<Record<string, RegExp>> = {
  "pagerduty:index/serviceIntegration:ServiceIntegration": /^.*\./,
  "pagerduty:index/userContactMethod:UserContactMethod": /^.*:/,
  "vercel:index/project:Project": /^.*\//,
  "vercel:index/projectDomain:ProjectDomain": /^.*\//,
  "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable": /^.*\//,
};

/** Creates that the provider sends again where the answer is lost, and says nothing: the first is nobody's. */
const sentAgain: readonly string[] = [
  "datadog:index/dashboard:Dashboard",
  "datadog:index/serviceLevelObjective:ServiceLevelObjective",
];

const email = "email_contact_method";

/** That of a user's e-mail address, which PagerDuty makes by itself. */
function firstContactMethod(user: string): string {
  return `${user}-${email}`;
}

export function contactMethod({ userId, type, label }: Props, live: readonly CloudResource[]): Props {
  const isUser = live.some((r) => r.type === "pagerduty:index/user:User" && r.id === userId);
  if (!isUser || type !== email || label !== "Default")
    throw new Error(`Unable to locate any contact methods with the label: ${label}`);
  return { id: firstContactMethod(String(userId)), userId, type, label };
}

/** What the vendor has against a create, in its own words; nothing where it takes it. */
export function refusal(type: string, inputs: Props, live: readonly CloudResource[]): string | undefined {
  const unique = uniqueBy[type] ?? [];
  const marks = (of: Props) => JSON.stringify(unique.map((key) => of[key]));
  const told = unique.length > 0 && unique.every((key) => inputs[key] !== undefined);
  if (told && live.some((r) => r.type === type && marks(r.inputs) === marks(inputs))) {
    return type.startsWith("pagerduty:")
      ? `422 Unprocessable Entity: ${unique.at(-1)} has already been taken`
      : `${type} already exists: ${marks(inputs)}`;
  }
  const user = live.find((r) => r.type === "pagerduty:index/user:User" && r.id === inputs["userId"]);
  return user && refusedByUser(type, inputs, user);
}

/** What PagerDuty gives to every user, it takes no second time. */
function refusedByUser(type: string, inputs: Props, user: CloudResource): string | undefined {
  const { urgency, startDelayInMinutes, contactMethod } = inputs;
  const sameAddress = inputs["type"] === email && inputs["address"] === user.inputs["email"];
  if (type === "pagerduty:index/userContactMethod:UserContactMethod" && sameAddress)
    return "User Contact method must be unique";
  const atOnce = urgency === "high" && startDelayInMinutes === 0;
  const byMail = (contactMethod as Props | undefined)?.["id"] === firstContactMethod(user.id);
  if (type === "pagerduty:index/userNotificationRule:UserNotificationRule" && atOnce && byMail)
    return "Channel Start delay must be unique for a given contact method";
  return undefined;
}

/** What a resource is called at its vendor. */
export function idOf(type: string, inputs: Props, random: string): string {
  const property = identifiedBy[type];
  return property === undefined
    ? `${type.split(":").at(-1)?.toLowerCase()}-${random}`
    : String(inputs[property]);
}

/** The vendor's id in what is given to `pulumi import`. */
export function importedId(type: string, given: string): string {
  return given.replace(importedWith[type] ?? "", "");
}

/** Whether the provider sends a create again where the answer is lost. */
export function sendsAgain(type: string): boolean {
  return sentAgain.includes(type);
}
