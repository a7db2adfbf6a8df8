/**
 * JSON of osv-scanner 2: https://google.github.io/osv-scanner/output/#json. It does not tell the age of its database,
 * and where it found none it ends with 127 and writes what it writes for a project without vulnerabilities.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { oneLine } from "../values.ts";
import { known, vulnerabilitySeverity } from "./known.ts";

const scanned = z.looseObject({
  package: z.looseObject({ name: z.string().min(1), version: z.string() }),
  vulnerabilities: z.array(z.looseObject({ id: z.string() })).default([]),
  /** Aliases of one vulnerability; max_severity is a CVSS score, or empty. */
  groups: z.array(z.looseObject({ ids: z.array(z.string()).min(1), max_severity: z.string() })).default([]),
});
const schema = z.looseObject({
  results: z.array(
    z.looseObject({ source: z.looseObject({ path: z.string().min(1) }), packages: z.array(scanned) }),
  ),
  experimental_config: z.looseObject({}),
});
type Scanned = z.infer<typeof scanned>;

export const osv: Format = {
  name: "osv",
  kind: "vulnerabilities",
  made: "osv-scanner scan source --lockfile package-lock.json --all-packages --format json --output-file FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { results } = shape.value;
  const packages = results.flatMap((result) => result.packages);
  const [wrong] = packages.filter((p) => !hasItsGroups(p));
  if (wrong) {
    return {
      problem: `it contradicts itself: the groups of ${oneLine(wrong.package.name)} are not those of its vulnerabilities`,
    };
  }
  if (packages.every((p) => p.groups.length > 0)) {
    return { problem: "it lists what is vulnerable alone, must list what was looked at: add --all-packages" };
  }
  const measure = known(
    packages.flatMap(({ package: { name, version }, groups }) =>
      groups.map((group) => ({
        severity: vulnerabilitySeverity(group.max_severity),
        name: `${name} ${version}: ${group.ids.join(", ")}`,
      })),
    ),
    { dependencies: packages.length, databaseFrom: null, sources: results.map(({ source }) => source.path) },
  );
  if ("problem" in measure) return measure;
  return { tool: "osv-scanner", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}

function hasItsGroups({ groups, vulnerabilities }: Scanned): boolean {
  const grouped = new Set(groups.flatMap(({ ids }) => ids));
  const listed = new Set(vulnerabilities.map(({ id }) => id));
  return grouped.size === listed.size && [...listed].every((id) => grouped.has(id));
}
