/** What rules about AWS share: the types of resources they name, and the questions that several ask. */
import type * as aws from "@pulumi/aws";
import { isPrivate } from "../model/cidr.ts";
import { atLeast } from "./expect.ts";
import { linked, type Resource, type ResourceType, resourceType, type Stack } from "./resource.ts";
import type { Context, Doubt, Result, Violation } from "./rule.ts";

/** A resource of a type. */
export type ResourceOf<T> = T extends ResourceType<infer Props> ? Resource<Props> : never;

export const databaseInstance = resourceType<aws.rds.InstanceArgs>("aws:rds/instance:Instance");
export const subnet = resourceType<aws.ec2.SubnetArgs>("aws:ec2/subnet:Subnet");
export const databaseSubnets = resourceType<aws.rds.SubnetGroupArgs>("aws:rds/subnetGroup:SubnetGroup");
export const cacheSubnets = resourceType<aws.elasticache.SubnetGroupArgs>(
  "aws:elasticache/subnetGroup:SubnetGroup",
);
export const logGroup = resourceType<aws.cloudwatch.LogGroupArgs>("aws:cloudwatch/logGroup:LogGroup");
export const kmsKey = resourceType<aws.kms.KeyArgs>("aws:kms/key:Key");
const securityGroup = resourceType<aws.ec2.SecurityGroupArgs>("aws:ec2/securityGroup:SecurityGroup");
const ingressRule = resourceType<aws.vpc.SecurityGroupIngressRuleArgs>(
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
);
const groupRule = resourceType<aws.ec2.SecurityGroupRuleArgs>("aws:ec2/securityGroupRule:SecurityGroupRule");

/** What a check found, told of another resource than the rule's own. */
export function about(resource: Resource, result: Result): readonly (Violation | Doubt)[] {
  return result === undefined ? [] : [result].flat().map((violation) => ({ resource, ...violation }));
}

/** `property` names a resource of this type in this stack. */
export function names<Props>(
  resource: Resource,
  property: string,
  type: ResourceType<Props>,
  what: string,
): Violation | undefined {
  if (linked(resource, property, type).length > 0) return undefined;
  return { observed: `${property} names nothing of this stack`, wanted: `${what} of this stack` };
}

/** `property` names a KMS key of this stack, not the one that AWS manages for the whole account. */
export function ownKey(resource: Resource, property: string): Violation | undefined {
  return names(resource, property, kmsKey, "a KMS key");
}

/**
 * Days that logs are kept. Security Hub, CloudWatch.16: a year. Staging's are for finding mistakes, not
 * intruders: a month.
 */
const logRetentionDays = { staging: 30, production: 365 } as const;

/** Each log group keeps its events for as long as the tier asks; without any, nothing is kept. */
export function logsKept(groups: readonly ResourceOf<typeof logGroup>[], { tier }: Context): Result {
  if (groups.length === 0) return { observed: "its logs go to no log group of this stack", wanted: "kept" };
  return groups.flatMap((group) =>
    about(group, atLeast(group.props, "retentionInDays", logRetentionDays[tier], "days")),
  );
}

/** Whoever may connect through the security groups in `property` comes from a private address range. */
export function privateClients(
  stack: Stack,
  store: Resource,
  property: string,
): readonly (Violation | Doubt)[] {
  const groups = linked(store, property, securityGroup);
  if (groups.length === 0) return about(store, names(store, property, securityGroup, "a security group"));
  return groups.flatMap((group) =>
    ingressOf(stack, group)
      .filter(({ from }) => !/^\d/.test(from) || !isPrivate(from))
      .map(({ resource, from }) => ({
        resource,
        observed: `${from} may connect`,
        wanted: "a private range (RFC 1918)",
      })),
  );
}

interface Ingress {
  readonly resource: Resource;
  /** An address range, or a prefix list. */
  readonly from: string;
}

/** What a security group lets in by address, in each of the three ways to declare it. */
function ingressOf(stack: Stack, group: ResourceOf<typeof securityGroup>): readonly Ingress[] {
  const ofGroup = (rule: Resource) => linked(rule, "securityGroupId", securityGroup).includes(group);
  const from = (resource: Resource, ...sources: readonly (string | readonly string[] | undefined)[]) =>
    sources.flatMap((source) => (source ?? []) as string | string[]).map((s) => ({ resource, from: s }));
  return [
    ...(group.props.ingress ?? []).flatMap((i) =>
      from(group, i.cidrBlocks, i.ipv6CidrBlocks, i.prefixListIds),
    ),
    ...stack
      .ofType(ingressRule)
      .filter(ofGroup)
      .flatMap((r) => from(r, r.props.cidrIpv4, r.props.cidrIpv6, r.props.prefixListId)),
    ...stack
      .ofType(groupRule)
      .filter((r) => r.props.type === "ingress" && ofGroup(r))
      .flatMap((r) => from(r, r.props.cidrBlocks, r.props.ipv6CidrBlocks, r.props.prefixListIds)),
  ];
}

/** A resource's own region comes before its provider's. */
export function regionOf({ props, provider }: Resource): string | undefined {
  const region = props["region"] ?? provider?.props["region"];
  return typeof region === "string" ? region : undefined;
}
