/** Every output that can be handed in. */
import { codeFormats } from "./formats/code-formats.ts";
import { recordFormats } from "./formats/record-formats.ts";
import { siteFormats } from "./formats/site-formats.ts";
import { siteProbes } from "./formats/site-probe.ts";
import { verifyRecords } from "./formats/watch/verify-records.ts";
import { verifyVitals } from "./formats/watch/verify-vitals.ts";
import { verifyWatches } from "./formats/watch/verify-watch.ts";
import type { Format } from "./reading.ts";

const all: readonly Format[] = [
  ...codeFormats,
  ...siteFormats,
  ...siteProbes,
  ...verifyWatches,
  verifyVitals,
  verifyRecords,
  ...recordFormats,
];

export const formats: ReadonlyMap<string, Format> = new Map(all.map((format) => [format.name, format]));
