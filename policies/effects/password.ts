/** How hard a password that `random.RandomPassword` makes is to guess. */

export interface PasswordShape {
  readonly length: number;
  readonly lower?: boolean | undefined;
  readonly upper?: boolean | undefined;
  readonly numeric?: boolean | undefined;
  readonly special?: boolean | undefined;
  /** In the place of the provider's 21 special characters. */
  readonly overrideSpecial?: string | undefined;
}

/** Bits of entropy: each character is drawn from all that its shape allows. */
export function passwordBits({ length, ...shape }: PasswordShape): number {
  const { lower = true, upper = true, numeric = true, special = true, overrideSpecial } = shape;
  const alphabet =
    (lower ? 26 : 0) +
    (upper ? 26 : 0) +
    (numeric ? 10 : 0) +
    (special ? (overrideSpecial ? new Set(overrideSpecial).size : 21) : 0);
  return alphabet > 1 ? length * Math.log2(alphabet) : 0;
}
