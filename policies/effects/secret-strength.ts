/** How hard a secret that people chose is to guess. Nothing here tells a secret to anybody. */

/** What people write where they mean to write a secret later. */
const placeholders =
  /change[-_ ]?(me|this|it)|replace[-_ ]?me|pass(word|wd|phrase)?|secret|placeholder|example|dummy|default|admin|letmein|qwerty|welcome|todo|fixme|abc|123|xxx|foo|bar|test|key|token|your|my|session|insecure|development/gi;

/** Whether a text is one that people make up, by what is left of it without the words that they take. */
export function isGuessable(text: string): boolean {
  const left = text.replaceAll(placeholders, "").replaceAll(/[^A-Za-z0-9+/=]/g, "");
  return left.length < 16 || new Set(left).size < 8;
}
