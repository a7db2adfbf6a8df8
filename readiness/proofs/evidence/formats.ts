/** Every output that can be handed in. */
import { command } from "./formats/command.ts";
import { recordFormats } from "./formats/record-formats.ts";
import { siteFormats } from "./formats/site-probe.ts";
import type { Format } from "./reading.ts";

const all: readonly Format[] = [command, ...recordFormats, ...siteFormats];

export const formats: ReadonlyMap<string, Format> = new Map(all.map((format) => [format.name, format]));
