/** What a question is, and what is answered to it. */
import type { Found } from "./look.ts";

/** By the key of a question; people, pages and routes are lists, a line each. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

export interface Question {
  readonly key: string;
  /** As a person is asked. */
  readonly ask: string;
  /** What an answer looks like. */
  readonly example: string;
  readonly choices?: readonly string[];
  /** What a choice means, where its name does not say it. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** Several answers. */
  readonly list?: boolean;
  /** Whether there is anything to ask, after what has been answered. */
  readonly when?: (answers: Answers) => boolean;
  /** Whether a person is asked even where something is proposed, because nothing tells that it is so. */
  readonly guess?: (found: Found) => boolean;
  /** What is likely right, by what was found and answered. */
  readonly propose?: (found: Found, answers: Answers) => string | readonly string[] | undefined;
}

/** npm says to all that it starts where its own cache is, as if somebody had written `--cache`. */
export function keyOf(part: string): string {
  return part === "cache" ? "memory" : part;
}

/** Such as `--vercel-team-id`. */
export function flagOf({ key }: Pick<Question, "key">): string {
  return `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function text(answers: Answers, key: string): string {
  const answer = answers[key];
  return typeof answer === "string" ? answer : "";
}

export function lines(answers: Answers, key: string): readonly string[] {
  const answer = answers[key] ?? [];
  return typeof answer === "string" ? [answer] : answer;
}
