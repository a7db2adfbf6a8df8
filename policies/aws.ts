/** What rules about AWS share: the types of resources they name, and the questions that several ask. */
import type * as aws from "@pulumi/aws";
import type * as vercel from "@pulumiverse/vercel";
import { type Passage, passages, securityGroup, takesRulesAway } from "./declared/security-groups.ts";
import { contains, isPrivate } from "./effects/address-range.ts";
import { mayAllow } from "./effects/iam-decision.ts";
import { readDocument, texts } from "./effects/iam-statement.ts";
import { atLeast, equals } from "./expect.ts";
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
export const keyAlias = resourceType<aws.kms.AliasArgs>("aws:kms/alias:Alias");
export const kmsKey = resourceType<aws.kms.KeyArgs>("aws:kms/key:Key");
export const vpc = resourceType<aws.ec2.VpcArgs>("aws:ec2/vpc:Vpc");
export const privateNetwork = resourceType<vercel.NetworkArgs>("vercel:index/network:Network");

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
  if (resource.read) return { observed: `${property} is not set`, wanted: what };
  return { observed: `${property} names nothing of this stack`, wanted: `${what} of this stack` };
}

/** `property` names a KMS key of this stack, or one that it reads, not the one that AWS manages for the whole account. */
export function ownKey(resource: Resource, property: string): Violation | undefined {
  const keys = linked(resource, property, kmsKey);
  if (!keys.some(isVendors)) return names(resource, property, kmsKey, "a KMS key");
  return {
    observed: `${property} is a key that AWS manages for the whole account`,
    wanted: "a KMS key of the account's own",
  };
}

/** Nobody of the account can change its policy: KMS Developer Guide, "AWS managed keys". */
export function isVendors({ read, props }: ResourceOf<typeof kmsKey>): boolean {
  const statements = read ? readDocument(props.policy) : [];
  return read === true && mayAllow(statements, { action: "kms:PutKeyPolicy", resource: "*" }).length === 0;
}

/**
 * Days that logs are kept. Security Hub, CloudWatch.16: a year. Staging's are for finding mistakes, not
 * intruders: a month.
 */
const logRetentionDays = { staging: 30, production: 365 } as const;

/** Each log group keeps its events for as long as the tier asks; without any, nothing is kept. */
export function logsKept(groups: readonly ResourceOf<typeof logGroup>[], { tier }: Context): Result {
  if (groups.length === 0) return { observed: "its logs go to no log group of this stack", wanted: "kept" };
  return groups.flatMap((group) => {
    const { logGroupClass = "STANDARD", retentionInDays } = group.props;
    // Zero days are for ever. Other classes cannot be searched by every tool, and one keeps two days whatever is said.
    return [
      ...about(group as Resource, equals({ logGroupClass }, "logGroupClass", "STANDARD")),
      ...(retentionInDays === 0
        ? []
        : about(group as Resource, atLeast(group.props, "retentionInDays", logRetentionDays[tier], "days"))),
    ];
  });
}

/** Whether those who come from, or are reached at, a peer are in one of these networks, or in a group that is. */
export function isInside(stack: Stack, peer: string, networks: readonly string[]): boolean {
  return (
    networks.some((network) => contains(network, peer)) ||
    stack
      .ofType(securityGroup)
      .some(
        (group) =>
          group.read && group.outputs?.["id"] === peer && linked(group as Resource, "vpcId", vpc).length > 0,
      )
  );
}

/** The networks of this stack: its VPCs, and the application's own. */
export function networksOf(stack: Stack): readonly string[] {
  return [
    ...stack.ofType(vpc).flatMap(({ props }) => props.cidrBlock ?? []),
    ...stack.ofType(privateNetwork).map(({ props }) => props.cidr),
  ];
}

/**
 * Whoever may connect through the security groups in `property` comes from a network of this stack, to the one port
 * that the store listens on; and the store itself reaches nobody outside.
 */
export function privateClients(
  stack: Stack,
  store: Resource,
  property: string,
  port: number,
): readonly (Violation | Doubt)[] {
  const networks = networksOf(stack);
  return clients(stack, store, property, (passage) =>
    judgeClient(passage, isInside(stack, passage.peer, networks), port),
  );
}

/** As `judge` finds of each passage in; out of it the store reaches nobody outside. */
export function clients(
  stack: Stack,
  store: Resource,
  property: string,
  judge: (passage: Passage) => readonly (Violation | Doubt)[],
): readonly (Violation | Doubt)[] {
  const groups = linked(store, property, securityGroup);
  if (groups.length === 0) return about(store, names(store, property, securityGroup, "a security group"));
  const networks = networksOf(stack);
  return [
    ...about(store, strays(store, property, securityGroup)),
    ...groups.flatMap((group) => [
      ...(linked(group as Resource, "vpcId", vpc).length > 0
        ? []
        : about(group as Resource, names(group as Resource, "vpcId", vpc, "a network"))),
      ...(takesRulesAway(stack, group)
        ? [
            {
              resource: group as Resource,
              doubt: "it says that it has no rules, which takes those apart from it away",
            },
          ]
        : []),
      ...(group.props.egress === undefined
        ? [{ resource: group as Resource, observed: "nobody says what it may reach", wanted: "said" }]
        : []),
      ...passages(stack, group, "ingress").flatMap(judge),
      ...passages(stack, group, "egress")
        .filter(({ peer }) => !isInside(stack, peer, networks))
        .map(({ resource, peer }) => ({
          resource,
          observed: `it may reach ${peer}`,
          wanted: "nothing outside",
        })),
    ]),
  ];
}

/** Who comes from the internet through the security groups in `property`, whatever else may connect. */
export function openToInternet(stack: Stack, store: Resource, property: string): readonly Violation[] {
  return linked(store, property, securityGroup)
    .flatMap((group) => passages(stack, group, "ingress"))
    .filter(({ peer }) => peer.includes("/") && !isPrivate(peer))
    .map(({ resource, peer }) => ({
      resource,
      observed: `${peer} may connect`,
      wanted: "private networks",
      mend: `take ${peer} out of its ingress rules, or reach the store over a VPN or a bastion`,
    }));
}

function judgeClient(
  { resource, peer, ports }: Passage,
  inside: boolean,
  port: number,
): readonly (Violation | Doubt)[] {
  if (inside) {
    return ports?.from === port && ports.to === port
      ? []
      : [{ resource, observed: `${peer} may connect to other ports`, wanted: `to ${port} alone` }];
  }
  if (!peer.includes("/") || isPrivate(peer)) {
    return [{ resource, doubt: `${peer} may connect, which is no network of this stack` }];
  }
  return [{ resource, observed: `${peer} may connect`, wanted: "a network of this stack" }];
}

/** What a list of references names beside resources of this stack. */
export function strays<Props>(
  resource: Resource,
  property: string,
  type: ResourceType<Props>,
): Doubt | undefined {
  const listed = texts(() => resource.props[property]);
  const others = listed.length - linked(resource, property, type).length;
  return others > 0 ? { doubt: `${others} of its ${property} are not of this stack` } : undefined;
}

/** A resource's own region comes before its provider's. */
export function regionOf({ props, provider, read }: Resource): string | undefined {
  // What is read was asked for where its provider is.
  const region = (read ? undefined : props["region"]) ?? provider?.props["region"];
  return typeof region === "string" ? region : undefined;
}
