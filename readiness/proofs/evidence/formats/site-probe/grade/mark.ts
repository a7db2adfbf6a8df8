/** What one test adds to a grade, or takes where it is negative. */
export interface Mark {
  readonly points: number;
  /** Such as `no Strict-Transport-Security`. */
  readonly what: string;
}
