/** Arithmetic of IPv4 address ranges in CIDR notation. */

/** A range by its first address as a number, and the length of its prefix in bits. */
interface Range {
  readonly first: number;
  readonly prefix: number;
}

/**
 * Reads `10.20.0.0/16`; bits behind the prefix are dropped.
 * @throws RangeError where the text is not an IPv4 range
 */
function parse(cidr: string): Range {
  const [, ...parts] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr) ?? [];
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = parts.map(Number);
  if (Math.max(a, b, c, d) > 255 || prefix > 32) throw new RangeError(`${cidr} is not an IPv4 range`);
  const size = 2 ** (32 - prefix);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: Math.floor(address / size) * size, prefix };
}

function format({ first, prefix }: Range): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join(".")}/${prefix}`;
}

/** Length of a range's prefix: 16 for `10.20.0.0/16`. */
export function prefixOf(cidr: string): number {
  return parse(cidr).prefix;
}

/** Whether every address of `inner` lies in `outer`. */
export function contains(outer: string, inner: string): boolean {
  const [o, i] = [parse(outer), parse(inner)];
  return o.prefix <= i.prefix && parse(format({ first: i.first, prefix: o.prefix })).first === o.first;
}

/** Whether two ranges share an address; ranges are aligned, so one then contains the other. */
export function overlaps(a: string, b: string): boolean {
  return contains(a, b) || contains(b, a);
}

/** Whether a range is private: RFC 1918. */
export function isPrivate(cidr: string): boolean {
  return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((range) => contains(range, cidr));
}

/**
 * The range's block number `index`, counted from 0, after splitting it into 2^`bits` equal blocks.
 * @throws RangeError where there is no such block
 */
export function block(cidr: string, bits: number, index: number): string {
  const { first, prefix } = parse(cidr);
  if (prefix + bits > 32 || index < 0 || index >= 2 ** bits) {
    throw new RangeError(`${cidr} has no block ${index} of 2^${bits}`);
  }
  return format({ first: first + index * 2 ** (32 - prefix - bits), prefix: prefix + bits });
}
