/** "Did you mean": the name that a misspelled one stands for. */

/** In letters; what is longer is a text. */
const longestName = 100;

/**
 * The candidate nearest to a word, or nothing where none is near: at most one edit in three letters. Case,
 * `-` and `_` do not count. Of two equally near candidates the first wins.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  // With a namespace before it.
  if (word.length > 2 * longestName) return undefined;
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = distanceWithinReason(word, candidate);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** `; did you mean "portal"?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = closest(word, candidates);
  return candidate === undefined ? "" : `; did you mean "${candidate}"?`;
}

/** The edits between two names, or infinity for too many; a namespace and its name are compared apart. */
function distanceWithinReason(a: string, b: string): number {
  const [partsA, partsB] = [a, b].map((name) => name.toLowerCase().replaceAll(/[-_]/g, "").split(":"));
  if (partsA?.length !== partsB?.length) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const [i, partA] of (partsA ?? []).entries()) {
    const partB = partsB?.[i] ?? "";
    const longest = Math.max(partA.length, partB.length);
    const most = Math.max(1, longest / 3);
    // As many letters as one has more have to go, and nobody misspells what is no name.
    if (longest > longestName || Math.abs(partA.length - partB.length) > most)
      return Number.POSITIVE_INFINITY;
    const distance = editDistance(partA, partB);
    if (distance > most) return Number.POSITIVE_INFINITY;
    sum += distance;
  }
  return sum;
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(last, j) + 1,
        at(row, j - 1) + 1,
        at(last, j - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
