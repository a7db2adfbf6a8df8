/** What goes with a region of AWS: where Vercel has functions beside it, three of its zones, a second copy's region. */
export interface Place {
  /** Of Vercel, "Edge Network regions". */
  readonly vercel: string;
  /** Of the same jurisdiction, another country or coast. */
  readonly copy: string;
  readonly zones: readonly [string, string, string];
}

const place = (vercel: string, copy: string, zones = "abc"): Place => ({
  vercel,
  copy,
  zones: [...zones] as unknown as Place["zones"],
});

export const places: Readonly<Record<string, Place>> = {
  "eu-central-1": place("fra1", "eu-west-1"),
  "eu-west-1": place("dub1", "eu-central-1"),
  "eu-west-2": place("lhr1", "eu-west-1"),
  "eu-west-3": place("cdg1", "eu-central-1"),
  "eu-north-1": place("arn1", "eu-central-1"),
  "us-east-1": place("iad1", "us-west-2"),
  "us-east-2": place("cle1", "us-west-2"),
  "us-west-2": place("pdx1", "us-east-2"),
  "ca-central-1": place("yul1", "ca-west-1", "abd"),
  "sa-east-1": place("gru1", "us-east-1"),
  "ap-south-1": place("bom1", "ap-south-2"),
  "ap-northeast-1": place("hnd1", "ap-northeast-3", "acd"),
  "ap-southeast-1": place("sin1", "ap-southeast-3"),
  "ap-southeast-2": place("syd1", "ap-southeast-4"),
};

/** Three continents, the first beside the origin. */
export function checkedFrom(region: string): readonly string[] {
  const far = ["eu-central-1", "us-east-1", "ap-southeast-1"];
  const others = far.filter((other) => other.slice(0, 2) !== region.slice(0, 2));
  return [region, ...others].slice(0, 3).map((name) => `aws:${name}`);
}
