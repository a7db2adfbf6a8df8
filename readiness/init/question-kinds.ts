/** Questions of one form: which kind a part is of, and why there is none. */
import { type Part, partKinds } from "../../model/parts.ts";
import { type Answers, keyOf, type Question, text } from "./question.ts";

/** Whether a part is of one of these kinds. */
export const is =
  (part: string, ...kinds: readonly string[]) =>
  (answers: Answers) =>
    kinds.includes(text(answers, keyOf(part)));
export const always = () => true;
export const fixed = (value: string) => () => value;

export function kindOf(part: Part, ask: string, meanings: Readonly<Record<string, string>>): Question {
  const kinds = Object.keys(meanings);
  return {
    key: keyOf(part),
    ask,
    example: kinds[0] ?? "",
    meanings,
    choices: kinds.filter((kind) => (partKinds[part] as readonly string[]).includes(kind)),
    propose: (found) =>
      part === "database" || part === "cache" || part === "errors" ? found[part] : kinds[0],
  };
}

/** Why a part is left out: the config wants a reason wherever a kind is `none`. */
export const because = (part: Part, ask: string, likely?: string): Question => ({
  key: `${keyOf(part)}Because`,
  ask,
  example: likely ?? "leads are few, and read e-mail",
  when: is(part, "none"),
  propose: () => likely,
});
