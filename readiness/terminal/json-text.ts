/** JSON for files and terminals. */
import { withoutCredentials } from "../../model/harmless.ts";

/** What JSON may hold as it is and a terminal would act on. */
const acting = /[\u007f-\u009f]|\p{Cf}|[\u2028\u2029]/gu;

/** Indented, with a line feed at its end; the same data for whoever reads it as JSON, but for what addresses tell. */
export function jsonText(value: unknown, replacer?: (key: string, value: unknown) => unknown): string {
  const text = JSON.stringify(value, replacer, 2);
  return `${withoutCredentials(text).replace(acting, escaped)}\n`;
}

function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
