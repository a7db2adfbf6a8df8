/** Mutants that weaken nothing: a tightening, an equivalent value or a cosmetic. What is here, no rule has to notice. */

export interface WithoutBearing {
  readonly type: string;
  readonly path: string;
  readonly operator: string;
  readonly reason: string;
}

export const withoutBearing: readonly WithoutBearing[] = [];
