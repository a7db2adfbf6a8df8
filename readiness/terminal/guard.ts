/** The one way to the terminal, for whatever a command prints: harmless text, and the styles that the tool gives. */
import { harmless } from "../../model/harmless.ts";

const esc = "\u001b";
/** The styles in use: bold, dim, the foreground's colours. None hides what it is given to. */
const style = new RegExp(`(${esc}\\[(?:[012]|22|3[1-6]|39)m)`, "g");
/** What readline and the progress line write, always by itself. */
const cursor = new RegExp(`^\\r?(?:${esc}\\[\\d*[A-DGK]|${esc}\\[0J)+$`);

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
