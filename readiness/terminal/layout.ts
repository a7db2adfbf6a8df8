/** Fits text to a width: whole words where they fit, hanging indents, nothing that a terminal would act on. */
import { stripVTControlCharacters, styleText } from "node:util";
import { withoutCredentials } from "../../model/harmless.ts";

export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

/** Paints for a terminal, or leaves the text as it is. */
export function painter(colour: boolean): Paint {
  return colour ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}

/** One line without control or formatting characters: names and messages come from a program's data. */
export function clean(text: string): string {
  return withoutCredentials(stripVTControlCharacters(text))
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim();
}

/** Lines of at most `limit` characters; a longer word breaks after its last separator that fits. */
export function wrap(text: string, limit: number): string[] {
  const width = Math.max(limit, 1);
  const lines: string[] = [];
  let line = "";
  for (let word of clean(text).split(" ")) {
    if (line !== "" && line.length + 1 + word.length <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== "") lines.push(line);
    while (word.length > width) {
      const end = /^.*[-/:.,]/u.exec(word.slice(0, width))?.[0].length ?? width;
      lines.push(word.slice(0, end));
      word = word.slice(end);
    }
    line = word;
  }
  return line === "" ? lines : [...lines, line];
}

/** `lead`, then the text, whose later lines hang below its first. */
export function hanging(
  lead: string,
  text: string,
  width: number,
  paintText = (line: string) => line,
  paintLead = paintText,
): string[] {
  return wrap(text, width - lead.length).map(
    (line, i) => (i === 0 ? paintLead(lead) : " ".repeat(lead.length)) + paintText(line),
  );
}

/** `lead`, then two columns side by side, the second from `column` on; below each other where it is narrow. */
export function sideBySide(
  lead: string,
  texts: readonly [string, string],
  width: number,
  paintLead: (lead: string) => string,
  paintSecond: (line: string) => string,
): string[] {
  const inner = width - lead.length;
  const indent = " ".repeat(lead.length);
  if (inner < 66) {
    return [
      ...hanging(lead, texts[0], width, (line) => line, paintLead),
      ...hanging(indent, texts[1], width, paintSecond),
    ];
  }
  const firstWidth = Math.floor(inner * 0.54);
  const first = wrap(texts[0], firstWidth);
  const second = wrap(texts[1], inner - firstWidth - 2);
  return Array.from({ length: Math.max(first.length, second.length) }, (_, i) => {
    const start = i === 0 ? paintLead(lead) : indent;
    const left = first[i] ?? "";
    const right = second[i];
    return start + (right === undefined ? left : `${left.padEnd(firstWidth + 2)}${paintSecond(right)}`);
  });
}
