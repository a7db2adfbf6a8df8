import { block, prefixOf } from "../../model/cidr.ts";

/** A subnet to be: one availability zone and its share of the VPC's addresses. */
export interface PlannedSubnet {
  readonly zone: string;
  readonly cidr: string;
}

/** Sixteen blocks: four tiers of four zones each. The data subnets take the first tier. */
const blockBits = 4;
const zonesPerTier = 4;

/**
 * The data subnets of a VPC, one for each zone. Twelve of the sixteen blocks, and the fourth of the data
 * tier, stay free for application and public subnets and for a fourth zone, since a subnet's range can
 * never be changed.
 * @param vpcCidr /16 to /20, which gives subnets of /20 to /24: 251 addresses and more
 * @throws RangeError for a VPC of another size, or more than four zones
 */
export function dataSubnets(vpcCidr: string, zones: readonly string[]): readonly PlannedSubnet[] {
  const prefix = prefixOf(vpcCidr);
  if (prefix < 16 || prefix > 20) throw new RangeError(`${vpcCidr} is a /${prefix}, must be /16 to /20`);
  if (zones.length > zonesPerTier) {
    throw new RangeError(`${zones.length} zones, must be at most ${zonesPerTier}`);
  }
  return zones.map((zone, index) => ({ zone, cidr: block(vpcCidr, blockBits, index) }));
}
