/** What security groups let in and out, in each of the three ways to declare it. */
import type * as aws from "@pulumi/aws";
import { known } from "../effects/iam-statement.ts";
import { linked, type Resource, type ResourceType, resourceType, type Stack } from "../resource.ts";

export const securityGroup = resourceType<aws.ec2.SecurityGroupArgs>("aws:ec2/securityGroup:SecurityGroup");
export const ingressRule = resourceType<aws.vpc.SecurityGroupIngressRuleArgs>(
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
);
export const egressRule = resourceType<aws.vpc.SecurityGroupEgressRuleArgs>(
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
);
export const groupRule = resourceType<aws.ec2.SecurityGroupRuleArgs>(
  "aws:ec2/securityGroupRule:SecurityGroupRule",
);
export type SecurityGroup = Resource<NonNullable<(typeof securityGroup)["props"]>>;

type Direction = "ingress" | "egress";

/** One way in or out. */
export interface Passage {
  /** What declares it. */
  readonly resource: Resource;
  /** An address range, a prefix list, or a group that this stack does not declare. */
  readonly peer: string;
  /** Ports of TCP; all of them, and of every protocol, where absent. */
  readonly ports: { readonly from: number; readonly to: number } | undefined;
  /** As it is said: `tcp`, `-1` for every one. */
  readonly protocol: string;
}

/** What passes a group in a direction, from or to anything but the members of this stack's groups. */
export function passages(stack: Stack, group: SecurityGroup, direction: Direction): readonly Passage[] {
  const own = (group.props[direction] ?? []).flatMap((rule) =>
    passagesOf(group as Resource, rule.protocol, rule, [
      rule.cidrBlocks,
      rule.ipv6CidrBlocks,
      rule.prefixListIds,
      rule.securityGroups,
    ]),
  );
  const apart = attached(stack, direction === "ingress" ? ingressRule : egressRule, group).flatMap((r) =>
    passagesOf(r as Resource, r.props.ipProtocol, r.props, [
      r.props.cidrIpv4,
      r.props.cidrIpv6,
      r.props.prefixListId,
      foreignGroup(r as Resource, "referencedSecurityGroupId"),
    ]),
  );
  const older = attached(stack, groupRule, group)
    .filter(({ props }) => props.type === direction)
    .flatMap((r) =>
      passagesOf(r as Resource, r.props.protocol, r.props, [
        r.props.cidrBlocks,
        r.props.ipv6CidrBlocks,
        r.props.prefixListIds,
        foreignGroup(r as Resource, "sourceSecurityGroupId"),
      ]),
    );
  return [...own, ...apart, ...older];
}

/** Whether a group says that it has no rules while some stand apart: a deployment of it takes those away. */
export function takesRulesAway(stack: Stack, group: SecurityGroup): boolean {
  const apart =
    attached(stack, ingressRule, group).length +
    attached(stack, groupRule, group).filter(({ props }) => props.type === "ingress").length;
  return group.props.ingress?.length === 0 && apart > 0;
}

function attached<Props>(stack: Stack, type: ResourceType<Props>, group: SecurityGroup) {
  return stack.attached(type, "securityGroupId", group);
}

/** The group that a rule names, unless that is one of this stack. */
function foreignGroup(rule: Resource, property: string): unknown {
  return linked(rule, property, securityGroup).length > 0 ? undefined : rule.props[property];
}

function passagesOf(
  resource: Resource,
  protocol: string,
  { fromPort, toPort }: { readonly fromPort?: number | undefined; readonly toPort?: number | undefined },
  peers: readonly unknown[],
): readonly Passage[] {
  const ports =
    /^(tcp|6)$/.test(protocol) && fromPort !== undefined && toPort !== undefined
      ? { from: fromPort, to: toPort }
      : undefined;
  return peers.flatMap((peer) => known(() => peer)).map((peer) => ({ resource, peer, ports, protocol }));
}
