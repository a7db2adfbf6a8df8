/** Where AWS is, and what is named after it. */
import { z } from "zod";

/** AWS regions, as the SDK of Pulumi's AWS provider lists them. */
export const regions: readonly string[] = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "cn-north-1",
  "cn-northwest-1",
  "eu-central-1",
  "eu-central-2",
  "eu-isoe-west-1",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "eusc-de-east-1",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-gov-east-1",
  "us-gov-west-1",
  "us-iso-east-1",
  "us-iso-west-1",
  "us-isob-east-1",
  "us-isob-west-1",
  "us-isof-east-1",
  "us-isof-south-1",
  "us-west-1",
  "us-west-2",
];

export const region = z.enum(regions).describe("an AWS region such as eu-central-1");

/** Of Datadog's synthetic checks. */
export const datadogLocation = z
  .string()
  .regex(/^(aws:[a-z0-9-]+|gcp:[a-z]+-[a-z]+\d{1,2}|azure:[a-z]+\d?)$/)
  .refine((location) => !location.startsWith("aws:") || regions.includes(location.slice(4)))
  .describe("a Datadog location such as aws:eu-central-1");

/** Where Vercel runs functions: Vercel, "Global network and regions". */
const vercelRegions = [
  "arn1",
  "bom1",
  "cdg1",
  "cle1",
  "cpt1",
  "dub1",
  "dxb1",
  "fra1",
  "gru1",
  "hkg1",
  "hnd1",
  "iad1",
  "icn1",
  "kix1",
  "lhr1",
  "pdx1",
  "sfo1",
  "sin1",
  "syd1",
  "yul1",
];

export const vercelRegion = z.enum(vercelRegions).describe("a Vercel region such as fra1");

/** The part of AWS that a region belongs to, which nothing is copied out of. */
export function partitionOf(name: string): string {
  return /^(cn|us-gov|us-isob?|us-isof|eu-isoe|eusc)-/.exec(name)?.[1] ?? "aws";
}
