/** What S3 deletes by itself (S3 User Guide, "Lifecycle configuration elements"); of several rules the first counts. */
import type * as aws from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";

type Lifecycle = Pick<Unwrap<aws.s3.BucketLifecycleConfigurationArgs>, "rules">;

/** Days; infinite where nothing is deleted. A rule for some objects counts for all. */
export interface Kept {
  readonly current: number;
  /** After an object is overwritten or deleted. */
  readonly earlier: number;
}

/** @param lifecycles all that are declared of one bucket */
export function kept(lifecycles: readonly Lifecycle[]): Kept {
  const rules = lifecycles.flatMap(({ rules = [] }) => rules).filter(({ status }) => status === "Enabled");
  const earliest = (days: readonly number[]) => Math.min(Number.POSITIVE_INFINITY, ...days);
  return {
    current: earliest(rules.flatMap(({ expiration }) => (expiration ? daysOf(expiration) : []))),
    earlier: earliest(rules.flatMap((rule) => rule.noncurrentVersionExpiration?.noncurrentDays ?? [])),
  };
}

/** From a date on whatever is older than that goes, on the day that it is written. */
function daysOf({ days, date }: { days?: number | undefined; date?: string | undefined }): readonly number[] {
  if (date !== undefined) return [0];
  return days === undefined ? [] : [days];
}
