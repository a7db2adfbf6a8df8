/** What a database was made of when it was copied: goes along with the copy, so that nobody needs its password later. */

import { readFileSync } from "node:fs";
import { z } from "zod";
import { UsageError } from "../errors.ts";
import { parseJson } from "../foreign-json.ts";
import { facts } from "./facts.ts";

const manifest = z.strictObject({
  schemaVersion: z.literal(1),
  /** Of the snapshot. */
  takenAt: z.iso.datetime(),
  database: z.string(),
  serverMajor: z.int(),
  facts,
});
export type Manifest = z.output<typeof manifest>;

/** @throws UsageError */
export function readManifest(file: string): Manifest {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`--manifest ${file} cannot be read (${Object(error).code})`);
  }
  try {
    return manifest.parse(parseJson(text));
  } catch {
    throw new UsageError(
      `--manifest ${file} is none: npm run restore-drill -- --take FILE --manifest FILE writes one`,
    );
  }
}
