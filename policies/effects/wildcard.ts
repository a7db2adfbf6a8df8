/** Patterns as IAM writes them: `*` stands for any characters, `?` for one (IAM User Guide, "Resource"). */
import { remembered } from "../remembered.ts";

/** Whether everything that matches `text`, which may have wildcards itself, matches `pattern`. */
export function covers(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  return expressionOf(pattern).test(text);
}

/** Each pattern is asked about many texts. */
const expressionOf = remembered((pattern) => {
  const expression = pattern
    .replace(/[.+^$()[\]{}|\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    // One character is not whatever a wildcard stands for.
    .replaceAll("?", "[^*]");
  return new RegExp(`^${expression}$`, "s");
});

/** Whether something matches both patterns. */
export function overlaps(a: string, b: string): boolean {
  // Most differ before their first wildcard, or behind their last.
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] !== "*" && b[start] !== "*") {
    if (!alike(a[start], b[start])) return false;
    start++;
  }
  let end = 0;
  while (start + end < shorter && a.at(-1 - end) !== "*" && b.at(-1 - end) !== "*") {
    if (!alike(a.at(-1 - end), b.at(-1 - end))) return false;
    end++;
  }
  return overlapsAnywhere(a.slice(start, a.length - end), b.slice(start, b.length - end));
}

function alike(x: string | undefined, y: string | undefined): boolean {
  return x === "?" || y === "?" || x === y;
}

function overlapsAnywhere(a: string, b: string): boolean {
  // By length of what is left of `b`: whether what is left of `a` and that can match the same text.
  let after: boolean[] = Array(b.length + 1).fill(true);
  for (let j = b.length - 1; j >= 0; j--) after[j] = b[j] === "*" && (after[j + 1] ?? false);
  for (let i = a.length - 1; i >= 0; i--) {
    const here: boolean[] = Array(b.length + 1).fill(a[i] === "*" && after[b.length]);
    for (let j = b.length - 1; j >= 0; j--) {
      here[j] =
        a[i] === "*" || b[j] === "*"
          ? after[j] || here[j + 1] || false
          : alike(a[i], b[j]) && (after[j + 1] ?? false);
    }
    after = here;
  }
  return after[0] ?? true;
}
