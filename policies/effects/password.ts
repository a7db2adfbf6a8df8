/** How hard a password that `random.RandomPassword` makes is to guess. */

/** NIST SP 800-63B, 5.1.2.2, of secrets that no person remembers: at least 112 bits. */
export const neededBits = 112;

export interface PasswordShape {
  readonly length: number;
  readonly lower?: boolean | undefined;
  readonly upper?: boolean | undefined;
  readonly numeric?: boolean | undefined;
  /** What `numeric` was called. */
  readonly number?: boolean | undefined;
  readonly special?: boolean | undefined;
  /** In the place of the provider's 21 special characters. */
  readonly overrideSpecial?: string | undefined;
}

/** Bits of entropy: each character is drawn from all that its shape allows. */
export function passwordBits({ length, ...shape }: PasswordShape): number {
  const {
    lower = true,
    upper = true,
    numeric = true,
    number = true,
    special = true,
    overrideSpecial,
  } = shape;
  const alphabet =
    (lower ? 26 : 0) +
    (upper ? 26 : 0) +
    (numeric && number ? 10 : 0) +
    (special ? (overrideSpecial ? new Set(overrideSpecial).size : 21) : 0);
  return alphabet > 1 ? length * Math.log2(alphabet) : 0;
}
