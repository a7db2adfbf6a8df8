/**
 * `flyway -outputType=json info validate` 11: https://documentation.red-gate.com/fd/json-output. `info` alone does not
 * see that a migration was edited.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { oneLine } from "../values.ts";
import { migrations, type Wrong } from "./order.ts";

const info = z.looseObject({
  operation: z.literal("info"),
  flywayVersion: z.string(),
  timestamp: z.string(),
  migrations: z.array(
    z.looseObject({
      version: z.string(),
      description: z.string(),
      state: z.string(),
      installedOnUTC: z.union([z.iso.datetime(), z.literal("")]),
    }),
  ),
});
const validate = z.looseObject({
  operation: z.literal("validate"),
  validationSuccessful: z.boolean(),
  invalidMigrations: z.array(
    z.looseObject({
      version: z.string(),
      description: z.string(),
      errorDetails: z.looseObject({ errorCode: z.string() }),
    }),
  ),
});
const schema = z.looseObject({ individualResults: z.tuple([info, validate]) });
const failed = z.looseObject({ error: z.looseObject({ errorCode: z.string(), message: z.string() }) });

/** Pending ones are listed as such. */
const notApplied = /^RESOLVED_(VERSIONED|REPEATABLE)_MIGRATION_NOT_APPLIED$/;
const reasons: Readonly<Record<string, string>> = {
  CHECKSUM_MISMATCH: "edited since",
  APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED: "missing file",
  APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED: "missing file",
};
/** States of https://documentation.red-gate.com/fd/migrations-184127470.html. */
const well = ["Success", "Baseline", "Below Baseline", "Superseded", "Pending", "Missing", "Future"];
const states: Readonly<Record<string, string>> = { "Out of Order": "out of order", Ignored: "out of order" };

export const flywayInfo: Format = {
  name: "flyway-info",
  kind: "migrations",
  made: "flyway -outputType=json info validate > FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) {
    const failure = readShape(bytes, failed);
    if ("value" in failure) {
      return { problem: `Flyway itself failed: ${oneLine(failure.value.error.message)}` };
    }
    return "problem" in readShape(bytes, info)
      ? shape
      : { problem: "it is of `info` alone, which sees no edits: run `info validate`" };
  }
  const [{ flywayVersion, migrations: listed }, validated] = shape.value.individualResults;
  if (validated.validationSuccessful !== (validated.invalidMigrations.length === 0)) {
    return { problem: "it contradicts itself: what is invalid is not what the validation says" };
  }
  const applied = listed
    .filter((m) => m.installedOnUTC !== "")
    .toSorted((a, b) => Date.parse(a.installedOnUTC) - Date.parse(b.installedOnUTC));
  const pending = listed.filter((m) => m.installedOnUTC === "");
  const wrong = [
    ...validated.invalidMigrations
      .filter((m) => !notApplied.test(m.errorDetails.errorCode))
      .map(
        (m): Wrong => ({
          name: nameOf(m),
          why: reasons[m.errorDetails.errorCode] ?? oneLine(m.errorDetails.errorCode),
        }),
      ),
    ...listed
      .filter(({ state }) => !well.includes(state))
      .map((m): Wrong => ({ name: nameOf(m), why: states[m.state] ?? oneLine(m.state).toLowerCase() })),
  ];
  const measure = migrations(applied.map(nameOf), pending.map(nameOf), wrong);
  if ("problem" in measure) return measure;
  // Its own time of the run has no zone.
  return { tool: "flyway", version: flywayVersion, startedAt: null, finishedAt: null, commit: null, measure };
}

function nameOf({ version, description }: { version: string; description: string }): string {
  return version === "" ? `R__${description}` : `V${version}__${description}`;
}
