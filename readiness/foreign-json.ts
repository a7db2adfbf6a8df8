/** JSON that others wrote: no error quotes it, since it may be a secret, and nothing nests beyond what can be read. */

/** Levels of arrays and objects; ours: what tools write has a few dozen. */
export const deepest = 1000;

/** What is wrong with a text; follows "it". */
export class JsonError extends Error {
  override readonly name = "JsonError";
}

/** @throws JsonError */
export function parseJson(text: string): unknown {
  if (levels(text) > deepest) throw new JsonError(`is nested more than ${deepest} levels deep`);
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const [, offset, line, column] = / at position (\d+) \(line (\d+) column (\d+)\)$/.exec(message) ?? [];
    const endsEarly =
      /^Unterminated string|end of JSON input$/.test(message) || Number(offset) >= text.length;
    if (endsEarly) throw new JsonError("ends in the middle");
    throw new JsonError(`is not JSON${line ? ` from line ${line}, column ${column} on` : ""}`);
  }
}

/** How deep a text nests, whether it is JSON or not: `JSON.parse` would make an object of each level. */
export function levels(text: string): number {
  let now = 0;
  let most = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') i = endOfString(text, i) - 1;
    else if (char === "{" || char === "[") most = Math.max(most, ++now);
    else if (char === "}" || char === "]") now--;
  }
  return most;
}

const backslash = 92;

/** Where the string that starts at `start` has ended; the end of the text where it has no end. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return end + 1;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}
