/** Asks a person on a terminal. */
import { cancel, isCancel, select, text } from "@clack/prompts";
import { UsageError } from "../errors.ts";
import { type Ask, answerTo } from "./answers.ts";

/** @throws UsageError where they give up */
export const ask: Ask = async (question, proposal) => {
  const initial = Array.isArray(proposal) ? proposal.join("; ") : (proposal as string | undefined);
  const hint = question.list ? `${question.ask} (several: with ; between them)` : question.ask;
  const answer = question.choices
    ? await select({
        message: hint,
        options: question.choices.map((value) => ({ value, label: value })),
        ...(initial !== undefined && { initialValue: initial }),
      })
    : await text({
        message: hint,
        placeholder: question.example,
        ...(initial !== undefined && { initialValue: initial }),
        validate: (typed) => problem(() => answerTo(question, split(typed ?? "", question.list))),
      });
  if (isCancel(answer)) {
    cancel("Nothing was written.");
    throw new UsageError("given up: nothing was written");
  }
  return answerTo(question, split(answer, question.list));
};

function split(typed: string, list: boolean | undefined): string | readonly string[] {
  return list
    ? typed
        .split(";")
        .map((line) => line.trim())
        .filter(Boolean)
    : typed;
}

function problem(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : `${error}`;
  }
}
