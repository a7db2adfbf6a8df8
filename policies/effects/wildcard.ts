/** Patterns as IAM writes them: `*` stands for any characters, `?` for one (IAM User Guide, "Resource"). */

/** Whether everything that matches `text`, which may have wildcards itself, matches `pattern`. */
export function covers(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^$()[\]{}|\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    // One character is not whatever a wildcard stands for.
    .replaceAll("?", "[^*]");
  return new RegExp(`^${expression}$`, "s").test(text);
}

/** Whether something matches both patterns. */
export function overlaps(a: string, b: string): boolean {
  // By length of what is left of `b`: whether what is left of `a` and that can match the same text.
  let after = Array.from(b, (_, j) => isAny(b.slice(j)));
  after.push(true);
  for (let i = a.length - 1; i >= 0; i--) {
    const here: boolean[] = Array(b.length + 1).fill(isAny(a.slice(i)));
    for (let j = b.length - 1; j >= 0; j--) {
      const [x, y] = [a[i], b[j]];
      here[j] =
        x === "*" || y === "*"
          ? after[j] || here[j + 1] || false
          : (x === "?" || y === "?" || x === y) && (after[j + 1] ?? false);
    }
    after = here;
  }
  return after[0] ?? true;
}

/** Whether a pattern matches the empty text. */
function isAny(pattern: string): boolean {
  return /^\**$/.test(pattern);
}
