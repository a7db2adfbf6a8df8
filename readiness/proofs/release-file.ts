/** `releases/<stack>/release.yaml`: what is to be deployed together, when, and what happens if it goes wrong. */
import { join } from "node:path";
import { z } from "zod";
import type { Problem } from "../../model/config/error.ts";
import { filled } from "../../model/config/forms.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { didYouMean } from "../../model/suggest.ts";
import { type CheckedFile, checkFile } from "../inputs/project-file.ts";
import type { Release } from "./release.ts";

/** Folder of a stack's release, relative to the project. */
export function releaseFolder(stack: string): string {
  return join("releases", stack);
}

export function releaseFile(stack: string): string {
  return join(releaseFolder(stack), "release.yaml");
}

/** Longest deployment window; people who are there for longer are not there. */
export const longestWindowHours = 24;
/** How long before its window a release can be signed at the earliest. */
export const signedAheadDays = 7;

const hourMs = 3_600_000;
const commit = z
  .string()
  .regex(/^[0-9a-f]{40}$/)
  .describe("a full commit id of 40 digits");
const time = z.iso
  .datetime({ offset: true })
  .describe("a time with its offset from UTC, such as 2026-03-02T09:00:00+01:00");
const announcement = z.strictObject({ by: filled, to: filled, says: filled });

const schema = z.strictObject({
  stack: filled,
  commit,
  services: z.record(
    z.string(),
    z.strictObject({
      commit,
      deployment: filled
        .nullable()
        .describe("the id of a deployment such as dpl_…, or null before there is one"),
      authors: z
        .array(z.email())
        .min(1)
        .describe("a list of the e-mail addresses of who wrote the commits that are released"),
    }),
  ),
  window: z.strictObject({
    opens: time,
    closes: time,
    present: z
      .array(filled)
      .min(1)
      .describe("a list of ids of the people who are there from beginning to end"),
  }),
  rollback: z.strictObject({ trigger: filled, decides: filled, does: filled }),
  communication: z.strictObject({ before: announcement, during: announcement, after: announcement }),
});

/** What a release is held against. */
export type ReleaseOf = Pick<StackSpec, "stack" | "people" | "services"> & {
  /** Full id of the commit that is checked out. */
  readonly commit: string;
};

/** Reads a release; what is wrong with it, or left to be filled in, has its line. */
export function readRelease(text: string, of: ReleaseOf): CheckedFile<Release> {
  return checkFile(releaseFile(of.stack), text, schema, (release) => contradictions(release, of));
}

function contradictions(release: Release, of: ReleaseOf): readonly Problem[] {
  const problems: Problem[] = [];
  const update = `npm run release -- --stack ${of.stack}`;
  if (release.stack !== of.stack) {
    problems.push([["stack"], `found ${release.stack}, must be ${of.stack}, whose release this is`]);
  }
  if (release.commit !== of.commit) {
    const found = `found ${release.commit.slice(0, 12)}`;
    problems.push([
      ["commit"],
      `${found}, must be ${of.commit.slice(0, 12)}, which is checked out; ${update}`,
    ]);
  }
  const names = of.services.map((s) => s.name);
  for (const name of names.filter((n) => !Object.hasOwn(release.services, n))) {
    problems.push([["services"], `${name} is missing, must be every service of the stack; ${update}`]);
  }
  for (const name of Object.keys(release.services).filter((n) => !names.includes(n))) {
    const hint = didYouMean(name, names);
    problems.push([["services", name], `found ${name}, must be a service of ${of.stack}${hint}`]);
  }
  const { opens, closes } = release.window;
  const hours = (Date.parse(closes) - Date.parse(opens)) / hourMs;
  if (hours <= 0 || hours > longestWindowHours) {
    const last = new Date(Date.parse(opens) + longestWindowHours * hourMs).toISOString();
    problems.push([
      ["window", "closes"],
      `found ${closes}, must be after opens and no later than ${last}, ${longestWindowHours} hours on`,
    ]);
  }
  return [...problems, ...strangers(release, of)];
}

/** People whom the stack's config does not know. */
function strangers({ window, rollback, communication }: Release, of: ReleaseOf): readonly Problem[] {
  const ids = of.people.map((p) => p.id);
  const named: readonly Problem[] = [
    ...window.present.map((id, i): Problem => [["window", "present", i], id]),
    [["rollback", "decides"], rollback.decides],
    [["rollback", "does"], rollback.does],
    ...Object.entries(communication).map(([when, a]): Problem => [["communication", when, "by"], a.by]),
  ];
  return named
    .filter(([, id]) => !ids.includes(id))
    .map(([at, id]) => [at, `found ${id}, must be the id of a person of ${of.stack}${didYouMean(id, ids)}`]);
}
