/** Drops the noise of binary fractions, so that 100 − 99.9 is 0.1: twelve digits are more than any setting has. */
export function exact(value: number): number {
  return Number(value.toPrecision(12));
}
