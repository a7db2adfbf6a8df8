/** Where the traffic of subnets goes. */
import type * as aws from "@pulumi/aws";
import { known } from "../effects/iam-statement.ts";
import { linked, type Resource, resourceType, type Stack } from "../resource.ts";
import { whenKnown } from "../unknown-value.ts";

export const routeTable = resourceType<aws.ec2.RouteTableArgs>("aws:ec2/routeTable:RouteTable");
export const route = resourceType<aws.ec2.RouteArgs>("aws:ec2/route:Route");
export const association = resourceType<aws.ec2.RouteTableAssociationArgs>(
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
);
export type RouteTable = Resource<NonNullable<(typeof routeTable)["props"]>>;

export interface Hop {
  /** What declares it. */
  readonly resource: Resource;
  /** Address ranges or prefix lists. */
  readonly destinations: readonly string[];
  /** The properties that say what it leads through, such as `natGatewayId`. */
  readonly through: readonly string[];
  /** Where its `gatewayId` is known. */
  readonly gateway: string | undefined;
}

/** The route tables that a subnet is given. */
export function tablesOf(stack: Stack, subnet: Resource<unknown>): readonly RouteTable[] {
  return stack
    .attached(association, "subnetId", subnet)
    .flatMap((a) => linked(a as Resource, "routeTableId", routeTable));
}

/** The routes of a table, its own and those declared apart. */
export function hopsOf(stack: Stack, table: RouteTable): readonly Hop[] {
  return [
    ...(table.props.routes ?? []).map((r) => hop(table as Resource, r, r.cidrBlock, r.ipv6CidrBlock)),
    ...stack
      .attached(route, "routeTableId", table)
      .map((r) =>
        hop(r as Resource, r.props, r.props.destinationCidrBlock, r.props.destinationIpv6CidrBlock),
      ),
  ];
}

function hop(
  resource: Resource,
  props: {
    readonly destinationPrefixListId?: string | undefined;
    readonly gatewayId?: string | undefined;
  },
  ...ranges: readonly (string | undefined)[]
): Hop {
  return {
    resource,
    destinations: known(() => [...ranges, props.destinationPrefixListId].filter((to) => to !== undefined)),
    gateway: whenKnown(() => props.gatewayId),
    through: Object.keys(props).filter(
      (key) => /(Id|Arn)$/.test(key) && !/^(routeTable|destination)/.test(key),
    ),
  };
}
