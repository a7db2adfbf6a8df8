/** What a command's exit status says; scripts rely on it. */
export const exitStatus = {
  /** GO, or nothing to find fault with. */
  go: 0,
  /** NO-GO, CONDITIONAL unless it is taken for GO, or something that was looked for and found: a failure, a gap, a drift. */
  noGo: 1,
  /** Bad usage, or a config that cannot be used. */
  unusable: 2,
  /** Something that the answer needs is unknown, such as what a program that failed would have declared. */
  undetermined: 3,
} as const;
