/** The AWS accounts that a stack is deployed to; none before its deployment. */
import { leavesOf } from "../identity.ts";
import type { Stack } from "../resource.ts";

export function ownAccounts(stack: Stack): ReadonlySet<string> {
  const arns = stack.resources
    .filter(({ type }) => type.startsWith("aws:"))
    .flatMap(({ outputs }) => leavesOf(() => outputs?.["arn"]).texts);
  return new Set(arns.flatMap((arn) => /^arn:[\w-]+:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? []));
}
