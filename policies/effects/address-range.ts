/** Ranges of addresses, IPv4 and IPv6, in CIDR notation. */
import { BlockList, isIP } from "node:net";

/** RFC 1918, and RFC 4193 of IPv6: what no router of the internet forwards. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

/** Whether every address of `inner` lies in `outer`; never where one of them is no range. */
export function contains(outer: string, inner: string): boolean {
  const [o, i] = [parse(outer), parse(inner)];
  if (!o || !i || o.family !== i.family || o.prefix > i.prefix) return false;
  const addresses = new BlockList();
  addresses.addSubnet(o.address, o.prefix, o.family);
  return addresses.check(i.address, i.family);
}

/** Whether no address of a range can be reached on the internet. Half of the internet is as public as all of it. */
export function isPrivate(range: string): boolean {
  return privateRanges.some((outer) => contains(outer, range));
}

function parse(range: string) {
  const [address = "", prefix = "", ...more] = range.split("/");
  const version = isIP(address);
  const length = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (version === 0 || more.length > 0 || !(length <= (version === 4 ? 32 : 128))) return undefined;
  return { address, prefix: length, family: version === 4 ? ("ipv4" as const) : ("ipv6" as const) };
}
