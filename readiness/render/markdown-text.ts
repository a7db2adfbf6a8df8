/** Pieces of GitHub-flavoured Markdown out of which no text can break. */
import { clean } from "../terminal/layout.ts";

/** Of one text: a name may be as long as its owner likes. */
const longestText = 400;

/** A table; cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/**
 * Text that stays text wherever it stands: no mark-up, no HTML, no end of a table's cell, no link, and nobody is
 * notified. GitHub looks for mentions and addresses in what Markdown has become, so an empty comment parts them.
 */
export function inline(text: string): string {
  const line = clean(text);
  const short = line.length > longestText ? `${line.slice(0, longestText)}…` : line;
  return short
    .replace(/[\\`*_[\]{}<>|~&$]/g, "\\$&")
    .replace(/@(?=\w)|#(?=\d)|:(?=\/\/)|www(?=\.)/g, "$&<!-- -->");
}

/** Text in the font of code, where it cannot end it. */
export function code(text: string): string {
  const literal = clean(text)
    .slice(0, longestText)
    .replace(/[`|\\]/g, "");
  return literal === "" ? "" : `\`${literal}\``;
}
