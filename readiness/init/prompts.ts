/** Asks a person on a terminal. */
import { WriteStream } from "node:tty";
import { confirm, isCancel, multiselect, type Option, select, text, updateSettings } from "@clack/prompts";
import { harmless } from "../../model/harmless.ts";
import { type FeatureId, type KnownPlans, lackWords, standingOf } from "../../model/plans/features.ts";
import { UsageError } from "../errors.ts";
import { answerTo, missingNames, type Person } from "./answers.ts";
import { type Answers, lines, type Question } from "./question.ts";
import { questions } from "./questions.ts";

/** Past the guard of standard output, which keeps the cursor where it is: what others wrote is made harmless here. */
const terminal = () => ({ output: new WriteStream(process.stdout.fd) });

// Ctrl-D as well: readline would end, and nobody be told.
updateSettings({ aliases: { "\u0004": "cancel" } });

/** What a choice takes that not every plan has. */
const takes: Readonly<Record<string, FeatureId>> = {
  "secure-compute": "vercel-secure-compute",
  "static-ips": "vercel-static-ips",
  cloudfront: "vercel-rate-limit-by-header",
};

export const person: Person = {
  ask: async (question, proposal, answers) => {
    const proposed = [proposal ?? []].flat().map(harmless);
    if (question.list) return question.choices ? some(question, proposed) : several(question, proposed);
    return question.choices ? choice(question, proposed[0], answers) : one(question, proposed[0]);
  },
  review: async (answers) =>
    decided(
      await multiselect({
        ...terminal(),
        message: "Is all of this right? Space marks what is not, Enter goes on.",
        options: questions
          .filter(({ key, when }) => key in answers && when?.(answers) !== false)
          .map(({ key }) => ({
            value: key,
            label: harmless(`${inWords(key)}: ${lines(answers, key).join("; ")}`),
          })),
        required: false,
      }),
    ),
};

/** @returns whether it is wanted */
export async function agreed(message: string): Promise<boolean> {
  return decided(await confirm({ ...terminal(), message: harmless(message) }));
}

async function one(question: Question, proposed: string | undefined): Promise<string> {
  const typed = await text({
    ...terminal(),
    message: question.ask,
    placeholder: question.example,
    ...(proposed !== undefined && { initialValue: proposed }),
    validate: (answer) => problem(question, answer),
  });
  return decided(typed).trim();
}

/** Line by line, until one is empty. */
async function several(question: Question, proposed: readonly string[]): Promise<readonly string[]> {
  const taken: string[] = [];
  for (let at = 0; ; at++) {
    const initialValue = proposed[at];
    const missing = missingNames(question.key, taken);
    const typed = await text({
      ...terminal(),
      message: taken.length === 0 ? question.ask : "Another one? Enter where that is all.",
      placeholder: missing.length > 0 ? `${missing[0]}=/…` : question.example,
      ...(initialValue !== undefined && { initialValue }),
      validate: (answer) => {
        if (answer?.trim() || initialValue !== undefined)
          return answer?.trim() ? problem(question, answer) : undefined;
        if (missing.length > 0) return `${missing.join(", ")} missing, must each have a path`;
        return taken.length > 0 ? undefined : problem(question, answer);
      },
    });
    const line = (decided(typed) ?? "").trim();
    if (line !== "") taken.push(line);
    else if (initialValue === undefined) return taken;
  }
}

async function choice(
  { ask, choices = [], meanings = {} }: Question,
  proposed: string | undefined,
  answers: Answers,
): Promise<string> {
  const options = choices.map((value): Option<string> => {
    const lack = lackOf(value, answers);
    const label = [value, lack ?? meanings[value]].filter(Boolean).join(": ");
    return { value, label, disabled: lack !== undefined };
  });
  const chosen = select({
    ...terminal(),
    message: ask,
    options,
    ...(proposed !== undefined && { initialValue: proposed }),
  });
  return decided(await chosen);
}

async function some(
  { ask, choices = [] }: Question,
  proposed: readonly string[],
): Promise<readonly string[]> {
  const options = choices.map((value) => ({ value }));
  return decided(await multiselect({ ...terminal(), message: ask, options, initialValues: proposed }));
}

function lackOf(value: string, { vercelPlan, pagerdutyPlan }: Answers): string | undefined {
  const feature = takes[value];
  if (feature === undefined || vercelPlan === undefined) return undefined;
  const bought = { pagerdutyAddOns: [], datadog: [], confirmed: [] };
  const plans = { vercel: vercelPlan, pagerduty: pagerdutyPlan, ...bought } as unknown as KnownPlans;
  return standingOf(feature, plans) === "lacking" ? lackWords(feature, plans) : undefined;
}

/** @throws UsageError where they give up */
function decided<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new UsageError("given up: nothing was written");
  return answer as Exclude<T, symbol>;
}

/** Without the name of the flag, which nobody has typed. */
function problem(question: Question, typed: string | undefined): string | undefined {
  try {
    answerTo(question, typed ?? "");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^--[\w-]+:? /, "") : `${error}`;
  }
}

/** Such as `time zone`. */
function inWords(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
