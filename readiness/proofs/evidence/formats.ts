/** Every output that can be handed in. */
import { codeFormats } from "./formats/code-formats.ts";
import { recordFormats } from "./formats/record-formats.ts";
import { siteFormats } from "./formats/site-formats.ts";
import type { Format } from "./reading.ts";

const all: readonly Format[] = [...codeFormats, ...siteFormats, ...recordFormats];

export const formats: ReadonlyMap<string, Format> = new Map(all.map((format) => [format.name, format]));
