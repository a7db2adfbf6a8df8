/** What an AWS WAF web ACL logs (WAF developer guide, "Finding your web ACL traffic records", "Log filtering"). */
import type * as aws from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";

type Logging = Unwrap<aws.wafv2.WebAclLoggingConfigurationArgs>;
type Filter = NonNullable<Logging["loggingFilter"]>["filters"][number];

/** Whether every request on which a rule took this action is logged. Without a filter everything is. */
export function keeps({ loggingFilter }: Logging, action: "BLOCK" | "COUNT"): boolean {
  if (loggingFilter === undefined) return true;
  const { filters = [], defaultBehavior } = loggingFilter;
  const about = filters.map((filter) => ({ filter, meets: meets(filter, action) }));
  // Whatever else a filter asks, a request that it drops may be gone.
  if (about.some(({ filter, meets }) => filter.behavior === "DROP" && meets !== "never")) return false;
  return (
    defaultBehavior === "KEEP" ||
    about.some(({ filter, meets }) => filter.behavior === "KEEP" && meets === "always")
  );
}

function meets({ conditions = [], requirement }: Filter, action: string): "always" | "sometimes" | "never" {
  const each = conditions.map(({ actionCondition, labelNameCondition }) =>
    actionCondition === undefined || labelNameCondition !== undefined
      ? "sometimes"
      : actionCondition.action === action
        ? "always"
        : "never",
  );
  const [decides, otherwise] =
    requirement === "MEETS_ANY" ? (["always", "never"] as const) : (["never", "always"] as const);
  if (each.includes(decides)) return decides;
  return each.every((e) => e === otherwise) ? otherwise : "sometimes";
}

/** Fields without which a log does not say what was blocked. */
const telling = ["uriPath", "method"] as const;

/** What the log hides of requests. */
export function redacted({ redactedFields = [] }: Logging) {
  return {
    headers: redactedFields.flatMap((field) => field.singleHeader?.name.toLowerCase() ?? []),
    telling: telling.filter((part) => redactedFields.some((field) => field[part] !== undefined)),
  };
}
