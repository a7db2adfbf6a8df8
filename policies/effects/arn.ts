/** ARNs and patterns of them. */
import { remembered } from "../remembered.ts";
import { covers, overlaps } from "./wildcard.ts";

/** Whether a pattern covers all that another matches; undefined where it covers a part. */
export function compare(pattern: string, asked: string): boolean | undefined {
  if (covers(pattern, asked)) return true;
  return overlaps(pattern, asked) ? undefined : false;
}

/** A wildcard does not reach from one part of an ARN into the next (IAM User Guide, "Resource"). */
export function compareArns(pattern: string, asked: string): boolean | undefined {
  if (![pattern, asked].every((arn) => arn.startsWith("arn:"))) return compare(pattern, asked);
  const askedParts = parts(asked);
  const answers = parts(pattern).map((part, i) => {
    const askedPart = askedParts[i] ?? "*";
    // Nobody asks about more accounts than the stack's own, whose number a program may not know.
    return i === accountPart && askedPart === "*" && /^\d{12}$/.test(part) ? true : compare(part, askedPart);
  });
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

const accountPart = 3;

/** Partition, service, region, account and resource; what an ARN leaves out is anything. */
const parts = remembered((arn): readonly string[] => {
  const [, partition = "*", service = "*", region = "*", account = "*", ...resource] = arn.split(":");
  return [partition, service, region, account, resource.length > 0 ? resource.join(":") : "*"];
});
