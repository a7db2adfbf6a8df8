/** How a stream wants its text: width and colour. */
import { styleText } from "node:util";
import { type Paint, painter } from "../render/layout.ts";

/** Columns where no terminal says how many (some say 0), and the most that reads well. */
const defaultWidth = 100;
const widest = 120;

export function pageOf(stream: NodeJS.WriteStream): { readonly width: number; readonly paint: Paint } {
  // Node's own reading of NO_COLOR, FORCE_COLOR and the terminal.
  const colour = styleText("bold", "-", { stream }) !== "-";
  return { width: Math.max(40, Math.min(stream.columns || defaultWidth, widest)), paint: painter(colour) };
}
