/**
 * Text that others wrote, made fit to be shown: what a terminal or a reader's eye would act on becomes U+FFFD, and no
 * address tells how somebody logs in.
 */

/** Control characters, formatting characters with the ones that turn the direction of text, halves of characters. */
const acting = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
/** Line ends and tabs; and what joins parts of words in several scripts, and of emoji. */
const kept = "\n\t\u200c\u200d";

export function harmless(text: string): string {
  return withoutCredentials(text)
    .replaceAll("\r\n", "\n")
    .replace(acting, (character) => (kept.includes(character) ? character : "\ufffd"));
}

/** `https://user:password@host` without what stands before the `@`. */
export function withoutCredentials(text: string): string {
  return text.replace(/:\/\/[^\s/?#"'<>]*@/g, "://");
}
