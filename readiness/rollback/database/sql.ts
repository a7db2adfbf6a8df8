/** What statements of PostgreSQL do to what is there already, as far as their words tell. */

export type Effect =
  /** Rows, or what holds them, go and do not come back. */
  | "discards"
  /** What ran before no longer works: a name, a type or a promise is another. */
  | "breaks"
  /** Cannot be told from its words. */
  | "unclear";

/** Each by the words that it begins with, after `strip`. */
const effects: readonly (readonly [RegExp, Effect])[] = [
  [/^(truncate|delete)\b/, "discards"],
  [/^drop (table|schema|materialized view|database|owned|sequence)\b/, "discards"],
  [/^drop type\b.*\bcascade\b/, "discards"],
  [/^alter (table|foreign table|type)\b.*\bdrop (column|attribute)\b/, "discards"],
  // Without the word COLUMN too; of a constraint nothing is lost but a promise.
  [
    /^alter table\b.*\bdrop (?!constraint\b|default\b|not null\b|expression\b|identity\b|column\b)/,
    "discards",
  ],
  [/^alter\b.*\b(rename|set schema)\b/, "breaks"],
  [/^alter table\b.*\balter\b.*\b(type|set data type|set not null)\b/, "breaks"],
  [/^alter table\b.*\badd constraint\b(?!.*\bnot valid\b)/, "breaks"],
  [/^drop (view|function|procedure|type|domain|extension|role|user|aggregate|operator|cast)\b/, "breaks"],
  [/^create unique index\b/, "breaks"],
  [/^revoke\b/, "breaks"],
  [/^(do|call|execute|copy|select|with|update|merge|create or replace|create trigger)\b/, "unclear"],
];

/** A column that is needed and has no default: what ran before does not give it. */
const needed = /^alter table\b.*\badd (column )?(?!constraint\b).*\bnot null\b/;

/** @param text several statements */
export function effectsOf(text: string): readonly { readonly statement: string; readonly effect: Effect }[] {
  const all = statements(text);
  const made = new Set(
    all.flatMap(
      (statement) => /^create (?:unlogged )?table (?:if not exists )?(\S+)/.exec(statement)?.[1] ?? [],
    ),
  );
  return all.flatMap((statement) => {
    // Nobody has used yet what came into being just now.
    const [, table = ""] =
      /^(?:alter table|create unique index .*?\bon) (?:if exists |only )*([^\s(]+)/.exec(statement) ?? [];
    if (made.has(table)) return [];
    const found = effects.find(([words]) => words.test(statement))?.[1];
    if (found !== undefined) return [{ statement, effect: found }];
    const breaks = needed.test(statement) && !/\b(default|generated)\b/.test(statement);
    return breaks ? [{ statement, effect: "breaks" as const }] : [];
  });
}

/** In small letters, with one blank between words; comments, texts and bodies of functions are out of sight. */
export function statements(text: string): readonly string[] {
  return strip(text)
    .split(";")
    .map((statement) => statement.replace(/\s+/g, " ").trim().toLowerCase())
    .filter((statement) => statement !== "" && !/^(begin|commit|set)\b/.test(statement));
}

/** PostgreSQL's manual, 4.1 "Lexical Structure": comments nest, and what is quoted has no bearing here. */
function strip(text: string): string {
  let out = "";
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at, at + 64);
    const [dollar] = /^\$([A-Za-z_]\w*)?\$/.exec(rest) ?? [];
    if (rest.startsWith("--")) at = endOr(text, text.indexOf("\n", at));
    else if (rest.startsWith("/*")) at = endOfComment(text, at);
    else if (dollar !== undefined) {
      at = endOr(text, text.indexOf(dollar, at + dollar.length), dollar.length);
      out += "''";
    } else if (text[at] === "'") {
      at = endOfQuoted(text, at, "'", /e$/i.test(out) && !/\we$/i.test(out));
      out += "''";
    } else if (text[at] === '"') {
      const end = endOfQuoted(text, at, '"', false);
      // A name, whatever it says.
      out += `"${text.slice(at + 1, end - 1).replace(/\W/g, "_")}"`;
      at = end;
    } else out += text[at++];
  }
  return out;
}

function endOr(text: string, end: number, more = 0): number {
  return end === -1 ? text.length : end + more;
}

function endOfComment(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const two = text.slice(at, at + 2);
    if (two !== "/*" && two !== "*/") continue;
    depth += two === "/*" ? 1 : -1;
    at++;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function endOfQuoted(text: string, start: number, quote: string, escapes: boolean): number {
  for (let at = start + 1; at < text.length; at++) {
    if (escapes && text[at] === "\\") at++;
    else if (text[at] === quote && text[at + 1] === quote) at++;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}
