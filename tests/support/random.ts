/** Chance that comes out alike every time. */

/** Mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Of so many requests, how many fail. */
export function failuresOf(requests: number, share: number, random: () => number): number {
  let failures = 0;
  for (let i = 0; i < requests; i++) if (random() < share) failures++;
  return failures;
}
