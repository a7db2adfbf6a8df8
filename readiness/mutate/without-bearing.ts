/**
 * Mutants that weaken nothing: a tightening, an equivalent value, one that the vendor refuses, a cosmetic. A property that
 * has no bearing whatever its value is in `policies/closed-world/exceptions.ts` instead.
 */
import { awsRows } from "./without-bearing/aws.ts";
import { datadogRows } from "./without-bearing/datadog.ts";
import { pagingRows } from "./without-bearing/paging.ts";
import type { WithoutBearing } from "./without-bearing/rows.ts";
import { vercelRows } from "./without-bearing/vercel.ts";

export const withoutBearing: readonly WithoutBearing[] = [
  ...awsRows,
  ...datadogRows,
  ...pagingRows,
  ...vercelRows,
];
