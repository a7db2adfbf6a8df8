/**
 * What may reach a terminal: text, line ends, and the styles that the tool itself gives. Names, messages and answers
 * come from files and servers, and what a terminal or a reader's eye would act on in them is shown as U+FFFD.
 */

const esc = "\u001b";
/** The styles in use: bold, dim, the foreground's colours. None hides what it is given to. */
const style = new RegExp(`(${esc}\\[(?:[012]|22|3[1-6]|39)m)`, "g");
/** What readline and the progress line write, always by itself. */
const cursor = new RegExp(`^\\r?(?:${esc}\\[\\d*[A-DGK]|${esc}\\[0J)+$`);
/** Control characters, formatting characters with the ones that turn the direction of text, halves of characters. */
const acting = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
/** Parts of words in several scripts, and of emoji. */
const joiners = "\u200c\u200d";

/** A text in which nothing acts on a terminal, and no address tells how somebody logs in. */
export function harmless(text: string): string {
  return withoutCredentials(text)
    .replaceAll("\r\n", "\n")
    .replace(acting, (character) => (`\n\t${joiners}`.includes(character) ? character : "\ufffd"));
}

/** `https://user:password@host` without what stands before the `@`. */
export function withoutCredentials(text: string): string {
  return text.replace(/:\/\/[^\s/?#"'<>]*@/g, "://");
}

/** Lets nothing but harmless text through to a stream, whoever writes. */
export function guard(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as (chunk: string, ...rest: readonly unknown[]) => boolean;
  stream.write = (chunk: string | Uint8Array, ...rest: readonly unknown[]) => {
    const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
    const passed = cursor.test(text) ? text : styled(text);
    return write(passed, ...rest);
  };
}

/** As `harmless`, with the styles that are the tool's own or those of a command that it carries out. */
export function styled(text: string): string {
  const parts = text.split(style);
  return parts.map((part, i) => (i % 2 === 1 ? part : harmless(part))).join("");
}
