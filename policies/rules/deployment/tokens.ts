/** Whose tokens a role is given for. */
import { claimed } from "../../declared/deploy-access.ts";
import type { Role } from "../../declared/roles.ts";
import { later, readDocument } from "../../effects/iam-statement.ts";
import type { Doubt, Violation } from "../../rule.ts";

/** By names alone, or by names and ids (OpenID Connect reference, "Immutable subject claims"): no token mixes them. */
const repository = String.raw`[^/:@]+\/[^/:@]+|[^/:@]+@\d+\/[^/:@]+@\d+`;

/** The form of a subject of one repository. */
export function ofOneRepository(context: string): RegExp {
  return new RegExp(`^repo:(${repository}):${context}$`);
}

/** A check that whatever a role's trust lets in has one exact value of a claim, of this form. */
export function takesTokensFor(name: "aud" | "ref" | "sub", form: RegExp, wanted: string) {
  return ({ props }: Role): readonly (Violation | Doubt)[] =>
    readDocument(props.assumeRolePolicy)
      .filter(({ effect }) => effect === "Allow")
      .flatMap((statement) => {
        const values = claimed(statement, name);
        const [value] = values;
        if (value === later)
          return { doubt: `the ${claims[name]} of its tokens is only known during the deployment` };
        if (value !== undefined && values.length === 1 && !/[*?]/.test(value) && form.test(value)) return [];
        const taken = value ? `for ${values.map(String).join(" or ")}` : `of any ${claims[name]}`;
        return { observed: `tokens ${taken} are taken`, wanted: `${wanted} (StringEquals)` };
      });
}

/** Whether tokens of more than one repository are taken; which of its branches and environments is its team's to say. */
export function takesStrangersTokens({ props }: Role): readonly Violation[] {
  return readDocument(props.assumeRolePolicy)
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) => {
      const subjects = claimed(statement, "sub");
      const strange = subjects.filter((subject) => subject !== later && !ofARepository.test(subject));
      const taken = subjects.length === 0 ? "of any repository" : `for ${strange.join(" or ")}`;
      return subjects.length > 0 && strange.length === 0
        ? []
        : [
            {
              observed: `tokens ${taken} are taken`,
              wanted: "those of named repositories",
              mend: "demand repo:OWNER/NAME:… of the claim sub in its trust",
            },
          ];
    });
}

const ofARepository = /^repo:[^/*?]+\/[^:*?]+:/;
const claims = { aud: "audience", ref: "branch", sub: "subject" } as const;
