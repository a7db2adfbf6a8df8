/** JSON that somebody else wrote, read without leniency: RFC 8259 leaves to the reader what a name given twice means. */
import type { z } from "zod";
import { deepest, endOfString, levels } from "../../foreign-json.ts";
import type { Unreadable } from "./reading.ts";
import { readText } from "./text.ts";

/** The value, or why there is none; a sentence without the file's name. */
export function readJson(bytes: Uint8Array): { readonly value: unknown } | Unreadable {
  const read = readText(bytes);
  if ("problem" in read) return read;
  if (levels(read.text) > deepest) {
    return { problem: `it is nested more than ${deepest} levels deep, no tool's result is` };
  }
  try {
    const value: unknown = JSON.parse(read.text);
    const problem = ambiguity(read.text);
    return problem === null ? { value } : { problem };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const cut = /^Unexpected end|^Unterminated|after .* in JSON at position (\d+)/.exec(error.message);
    if (cut && Number(cut[1] ?? read.text.length) >= read.text.trimEnd().length) {
      return { problem: "its JSON breaks off: the tool was stopped while it wrote, run it again" };
    }
    const [place = "at its beginning"] = /at position \d+/.exec(error.message) ?? [];
    return { problem: `it is not JSON ${place}: give the file that the tool wrote, not its terminal output` };
  }
}

/** A value of the shape of `schema`, or the first thing that is wrong with it. */
export function readShape<S extends z.ZodType>(
  bytes: Uint8Array,
  schema: S,
): { readonly value: z.infer<S> } | Unreadable {
  const read = readJson(bytes);
  if ("problem" in read) return read;
  const parsed = schema.safeParse(read.value);
  if (parsed.success) return { value: parsed.data };
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join(".") || "the whole";
  return { problem: `it is not this format, or another version of it: ${path}: ${issue?.message}` };
}

/**
 * A name twice in one object, or a number beyond the finite: what `JSON.parse` takes in silence.
 * @param text JSON that `JSON.parse` accepts
 */
function ambiguity(text: string): string | null {
  // The names so far in each object that is open; null for an array.
  const open: (Set<string> | null)[] = [];
  let atName = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') {
      const end = endOfString(text, i);
      const names = open.at(-1);
      if (atName && names) {
        const name: string = JSON.parse(text.slice(i, end));
        if (name === "__proto__") return `it has the name ${shown(name)}, which objects lose`;
        if (names.has(name)) return `it has the name ${shown(name)} twice in one object, must have it once`;
        names.add(name);
      }
      atName = false;
      i = end - 1;
    } else if (char === "{" || char === "[") {
      open.push(char === "{" ? new Set() : null);
      atName = char === "{";
    } else if (char === "}" || char === "]") {
      open.pop();
      atName = false;
    } else if (char === ",") {
      atName = open.at(-1) !== null;
    } else if (char === "-" || (char !== undefined && char >= "0" && char <= "9")) {
      const end = endOfNumber(text, i);
      const number = text.slice(i, end);
      if (!Number.isFinite(Number(number))) return `it has the number ${shown(number)}, must be finite`;
      i = end - 1;
    }
  }
  return null;
}

function endOfNumber(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && "0123456789+-.eE".includes(text.charAt(i))) i++;
  return i;
}

/** As JSON, shortened, so that what somebody else wrote cannot fill or change the terminal. */
function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
