/** Conditions that a request meets by telling nothing (IAM User Guide, "ForAllValues", "...IfExists"). */
import { policy, role, rolePolicy } from "../../declared/roles.ts";
import { type Condition, readDocument, type Statement } from "../../effects/iam-statement.ts";
import type { Resource } from "../../resource.ts";
import { type Rule, stackRule } from "../../rule.ts";
import { policies } from "./admission.ts";

/** Whoever tags nothing needs no leave to. */
const harmless = /^(aws:tagkeys|aws:requesttag\/.*)$/;

export const vacuousRules: readonly Rule[] = [
  stackRule({
    id: "grants-limited-by-keys-that-are-there",
    item: "ACC-02",
    checkStack: ({ resources }) => {
      const documents = resources.flatMap((resource) =>
        documentsOf(resource).map((document) => ({ resource, statements: readDocument(document) })),
      );
      if (documents.length === 0) return { observed: "nothing is granted to anybody", wanted: "granted" };
      return documents.flatMap(({ resource, statements }) =>
        statements.flatMap(vacuous).map(({ key }) => ({
          resource,
          observed: `it allows what has no ${key}`,
          wanted: "a condition that asks for it",
        })),
      );
    },
  }),
];

function documentsOf({ type, props }: Resource): readonly unknown[] {
  const property = type === policy.token || type === rolePolicy.token ? "policy" : policies[type];
  if (property !== undefined) return [props[property] ?? []].flat();
  if (type !== role.token) return [];
  const inline = (props["inlinePolicies"] ?? []) as readonly { readonly policy?: unknown }[];
  return [props["assumeRolePolicy"], ...inline.map((own) => own.policy)];
}

/** Of a grant the conditions that hold where their key is missing, and that it is not asked for otherwise. */
function vacuous({ effect, conditions }: Statement): readonly Condition[] {
  if (effect !== "Allow") return [];
  const demanded = conditions
    .filter(({ operator, values }) => operator === "null" && values.includes("false"))
    .map(({ key }) => key);
  return conditions.filter(
    ({ key, set, ifExists, operator }) =>
      operator !== "null" &&
      (set === "forallvalues" || ifExists) &&
      !harmless.test(key) &&
      !demanded.includes(key),
  );
}
