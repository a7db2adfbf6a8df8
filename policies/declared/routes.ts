/** Where the traffic of subnets goes. */
import type * as aws from "@pulumi/aws";
import { known } from "../effects/iam-statement.ts";
import { linked, type Resource, resourceType, type Stack } from "../resource.ts";
import { UnreadError, whenKnown } from "../unknown-value.ts";

export const routeTable = resourceType<aws.ec2.RouteTableArgs>("aws:ec2/routeTable:RouteTable");
export const route = resourceType<aws.ec2.RouteArgs>("aws:ec2/route:Route");
export const association = resourceType<aws.ec2.RouteTableAssociationArgs>(
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
);
export const internetGateway = resourceType<aws.ec2.InternetGatewayArgs>(
  "aws:ec2/internetGateway:InternetGateway",
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
  /** The internet gateways of this stack, or that it reads, through which it leads. */
  readonly gateways: readonly Resource<unknown>[];
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
    ...(table.props.routes ?? []).map((r) => ({
      ...hop(table as Resource, r, r.cidrBlock, r.ipv6CidrBlock),
      gateways: gatewaysOf(stack, table, r),
    })),
    ...stack.attached(route, "routeTableId", table).map((r) => ({
      ...hop(r as Resource, r.props, r.props.destinationCidrBlock, r.props.destinationIpv6CidrBlock),
      gateways: linked(r as Resource, "gatewayId", internetGateway),
    })),
  ];
}

/** Of a route that stands in its table; one that is read is none before somebody has read its gateway too. */
function gatewaysOf(
  stack: Stack,
  table: RouteTable,
  { gatewayId }: { readonly gatewayId?: string | undefined },
): Hop["gateways"] {
  if (!table.read || !gatewayId?.startsWith("igw-")) return [];
  const read = stack.ofType(internetGateway).filter(({ outputs }) => outputs?.["id"] === gatewayId);
  if (read.length === 0) throw new UnreadError("gatewayId");
  return read;
}

function hop(
  resource: Resource,
  props: {
    readonly destinationPrefixListId?: string | undefined;
    readonly gatewayId?: string | undefined;
  },
  ...ranges: readonly (string | undefined)[]
): Omit<Hop, "gateways"> {
  return {
    resource,
    destinations: known(() => [...ranges, props.destinationPrefixListId].filter((to) => to !== undefined)),
    gateway: whenKnown(() => props.gatewayId),
    through: Object.keys(props).filter(
      (key) => /(Id|Arn)$/.test(key) && !/^(routeTable|destination)/.test(key),
    ),
  };
}
