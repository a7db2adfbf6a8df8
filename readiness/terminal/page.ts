/** How wide a text may be, and how it is coloured. */
import { styleText } from "node:util";
import { type Paint, painter } from "./layout.ts";

/** The looks of a text. */
export interface Page {
  /** In characters. */
  readonly width: number;
  readonly paint: Paint;
}

/** Columns where no terminal says how many (some say 0), and the least and the most that read well. */
const defaultWidth = 100;
const narrowest = 40;
const widest = 120;

/** How a stream wants its text; a file, which is no stream, has no colour. */
export function pageOf(stream: NodeJS.WriteStream | undefined): Page {
  if (!stream) return { width: defaultWidth, paint: painter(false) };
  // Node's own reading of NO_COLOR, FORCE_COLOR and the terminal.
  const colour = styleText("bold", "-", { stream }) !== "-";
  const width = Math.max(narrowest, Math.min(stream.columns || defaultWidth, widest));
  return { width, paint: painter(colour) };
}
