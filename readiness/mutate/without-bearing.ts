/** Mutants that weaken nothing: a tightening, an equivalent value or a cosmetic. No rule has to notice them. */

export interface WithoutBearing {
  readonly type: string;
  readonly path: string;
  readonly operators: readonly string[];
  readonly reason: string;
}

export const withoutBearing: readonly WithoutBearing[] = [];
