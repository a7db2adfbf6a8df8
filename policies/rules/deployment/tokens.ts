/** Whose tokens a role is given for. */
import { claim, type DeployRole } from "../../declared/deploy-access.ts";
import { statementsOf } from "../../policy-document.ts";
import type { Violation } from "../../rule.ts";

/** A check that every statement of a role's trust demands one exact value of a claim, of this form. */
export function takesTokensFor(name: "aud" | "sub", form: RegExp, wanted: string) {
  return ({ props }: DeployRole): readonly Violation[] =>
    statementsOf(props.assumeRolePolicy)
      .map((statement) => claim(statement, name))
      .filter((value) => typeof value !== "string" || /[*?]/.test(value) || !form.test(value))
      .map((value) => ({
        observed: value ? `tokens for ${value} are taken` : `tokens of any ${claims[name]} are taken`,
        wanted: `${wanted} (StringEquals)`,
      }));
}

const claims = { aud: "audience", sub: "subject" } as const;
