/** Pieces of GitHub-flavoured Markdown out of which no text can break. */
import { clean } from "../terminal/layout.ts";

/** Of one text: a name may be as long as its owner likes. */
const longestText = 400;

/** The longest comment, issue or pull request that GitHub takes, in characters. */
export const longestComment = 65_536;

/**
 * Blocks as one text of at most so many characters: as many whole blocks as fit, and a sentence on the rest.
 * @param whereAll where the rest is to be read, such as `npm run check -- --stack prod`
 */
export function withinLimit(blocks: readonly string[], limit: number, whereAll: string): string {
  const whole = `${blocks.join("\n\n")}\n`;
  if (whole.length <= limit) return whole;
  const ending = (left: number, open: number) =>
    `${"</details>\n\n".repeat(Math.max(0, open))}_${left} more parts are left out, they would be too long here: ${whereAll}_\n`;
  const kept: string[] = [];
  let [length, open] = [0, 0];
  for (const block of blocks) {
    const unfolded = open + count(block, "<details") - count(block, "</details>");
    const rest = ending(blocks.length, Math.max(open, unfolded));
    if (length + block.length + 2 + rest.length > limit) break;
    kept.push(block);
    length += block.length + 2;
    open = unfolded;
  }
  return [...kept, ending(blocks.length - kept.length, open)].join("\n\n");
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

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
