/** How hard a secret is to guess. Nothing here tells a secret to anybody. */

import type { Unwrap } from "@pulumi/pulumi";
import type * as random from "@pulumi/random";

type Generated = Unwrap<random.RandomPasswordArgs>;

/** NIST SP 800-63B, 5.1.2.2, of secrets that no person remembers: at least 112 bits. */
export const neededBits = 112;

const special = 20;

/** Bits of a password that Pulumi's provider of random values generates: what is not said is allowed. */
export function bitsOf({
  length,
  lower,
  upper,
  number,
  numeric,
  overrideSpecial,
  ...more
}: Generated): number {
  const kinds = [
    lower === false ? 0 : 26,
    upper === false ? 0 : 26,
    numeric === false || number === false ? 0 : 10,
    more.special === false ? 0 : overrideSpecial ? new Set(overrideSpecial).size : special,
  ];
  const alphabet = kinds.reduce((sum, size) => sum + size, 0);
  return alphabet === 0 ? 0 : length * Math.log2(alphabet);
}

/** What people write where they mean to write a secret later. */
const placeholders =
  /change[-_ ]?(me|this|it)|replace[-_ ]?me|pass(word|wd|phrase)?|secret|placeholder|example|dummy|default|admin|letmein|qwerty|welcome|todo|fixme|abc|123|xxx|foo|bar|test|key|token|your|my|session|insecure|development/gi;

/** Whether a text is one that people make up, by what is left of it without the words that they take. */
export function isGuessable(text: string): boolean {
  const left = text.replaceAll(placeholders, "").replaceAll(/[^A-Za-z0-9+/=]/g, "");
  return left.length < 16 || new Set(left).size < 8;
}
