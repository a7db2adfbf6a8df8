/** Vercel's documentation, "Regions": the AWS region that each of Vercel's is. */
const awsRegions: Readonly<Record<string, string>> = {
  arn1: "eu-north-1",
  bom1: "ap-south-1",
  cdg1: "eu-west-3",
  cle1: "us-east-2",
  cpt1: "af-south-1",
  dub1: "eu-west-1",
  dxb1: "me-central-1",
  fra1: "eu-central-1",
  gru1: "sa-east-1",
  hkg1: "ap-east-1",
  hnd1: "ap-northeast-1",
  iad1: "us-east-1",
  icn1: "ap-northeast-2",
  kix1: "ap-northeast-3",
  lhr1: "eu-west-2",
  pdx1: "us-west-2",
  sfo1: "us-west-1",
  sin1: "ap-southeast-1",
  syd1: "ap-southeast-2",
  yul1: "ca-central-1",
};

/** The AWS region that one of Vercel's is; nothing where nobody knows it. */
export function awsRegionOf(vercelRegion: string): string | undefined {
  return awsRegions[vercelRegion];
}

/** Vercel's region in an AWS region; nothing where it has none there. */
export function vercelRegionIn(awsRegion: string): string | undefined {
  return Object.keys(awsRegions).find((region) => awsRegions[region] === awsRegion);
}
