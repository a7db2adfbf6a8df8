/** Bytes of a raw output as text. */
import type { Unreadable } from "./reading.ts";

/** What a tool may write at most, in bytes; ours: the report of 100,000 tests has half of it. */
export const largest = 64 * 1024 * 1024;

const whole = new TextDecoder("utf-8", { fatal: true });

/** A whole text that is not empty, or why there is none; a sentence without the file's name. */
export function readText(bytes: Uint8Array): { readonly text: string } | Unreadable {
  if (bytes.length > largest) {
    return { problem: `it has ${bytes.length} bytes, must have ${largest} at most: give the report alone` };
  }
  let text: string;
  try {
    text = whole.decode(bytes);
  } catch {
    return { problem: "it is not UTF-8: give the file that the tool wrote, not a copy of its terminal" };
  }
  if (text.trim() === "") return { problem: "it is empty: the tool wrote no result, run it again" };
  if (/^\s*<(!doctype html|html|head|body)\b/i.test(text)) {
    return {
      problem: "it is an HTML page, must be the tool's result: a download got an error or a login page",
    };
  }
  return { text };
}
