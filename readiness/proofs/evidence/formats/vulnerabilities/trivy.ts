/**
 * Trivy's report beside what it was asked and its version, by `trivy.sh` in this folder: the report alone tells neither
 * what was left out of it (`--severity`, `--ignore-unfixed`, `.trivyignore`) nor how old the database is. Its fields:
 * https://trivy.dev/docs/latest/configuration/reporting/#json.
 */
import { join } from "node:path/posix";
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { commitId, oneLine } from "../values.ts";
import { known, type VulnerabilitySeverity } from "./known.ts";

const severities = {
  UNKNOWN: "unknown",
  LOW: "low",
  MEDIUM: "moderate",
  HIGH: "high",
  CRITICAL: "critical",
} as const satisfies Record<string, VulnerabilitySeverity>;

const moment = z.iso.datetime({ offset: true });
const pack = z.looseObject({
  Name: z.string().min(1),
  Version: z.string(),
  Relationship: z.string().optional(),
});
const vulnerability = z.looseObject({
  VulnerabilityID: z.string().min(1),
  PkgName: z.string().min(1),
  InstalledVersion: z.string(),
  Severity: z.enum(["UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"]),
});
/** Of one lockfile. */
const result = z.looseObject({
  Target: z.string().min(1),
  Class: z.literal("lang-pkgs"),
  Packages: z.array(pack).min(1),
  Vulnerabilities: z.array(vulnerability).default([]),
});
const versions = z.looseObject({
  Version: z.string(),
  VulnerabilityDB: z.looseObject({ UpdatedAt: moment }).optional(),
});
const report = z.looseObject({
  SchemaVersion: z.literal(2),
  /** With the server's where it is one that looks. */
  Trivy: z.looseObject({ Version: z.string(), Server: versions.optional() }),
  CreatedAt: moment,
  ArtifactName: z.string().min(1),
  /** A repository is a folder that git has its root in. */
  ArtifactType: z.enum(["filesystem", "repository"]),
  Metadata: z.looseObject({ Commit: commitId.optional() }).optional(),
  Results: z.array(result).default([]),
});
const exitCodeOfFindings = 10;
const asked = [
  "filesystem --scanners=vuln --severity=UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL --include-dev-deps --pkg-types=os,library",
  "--pkg-relationships=unknown,root,workspace,direct,indirect --ignore-unfixed=false --ignore-status=",
  "--ignorefile=/dev/null --ignore-policy= --vex= --skip-files= --skip-dirs= --list-all-pkgs",
  `--format=json --output= --exit-code=${exitCodeOfFindings}`,
].join(" ");
const schema = z.looseObject({
  asked: z.literal(asked),
  exitCode: z.literal([0, exitCodeOfFindings]),
  version: versions,
  report,
});
const reportAlone = z.looseObject({ SchemaVersion: z.number(), ArtifactName: z.string() });
type Result = z.infer<typeof result>;

export const trivy: Format = {
  name: "trivy",
  kind: "vulnerabilities",
  made: "sh readiness/proofs/evidence/formats/vulnerabilities/trivy.sh FOLDER > FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) {
    return "problem" in readShape(bytes, reportAlone)
      ? shape
      : {
          problem: "it is a report alone, which does not tell what was left out of it: make it with trivy.sh",
        };
  }
  const { exitCode, report, version } = shape.value;
  const { ArtifactName, CreatedAt, Metadata, Results, Trivy } = report;
  const { VulnerabilityDB: database } = Trivy.Server ?? version;
  if (!database) return { problem: "it does not tell how old its database is, must have one: run it again" };
  const vulnerabilities = Results.flatMap((r) => r.Vulnerabilities);
  if (vulnerabilities.length > 0 !== (exitCode === exitCodeOfFindings)) {
    return {
      problem: `it contradicts itself: it lists ${vulnerabilities.length} and ended with ${exitCode}`,
    };
  }
  const [wrong] = Results.flatMap(foreign);
  if (wrong) {
    return { problem: `it contradicts itself: ${oneLine(wrong.PkgName)} is not among its packages` };
  }
  const measure = known(
    vulnerabilities.map(({ InstalledVersion, PkgName, Severity, VulnerabilityID }) => ({
      severity: severities[Severity],
      name: `${PkgName} ${InstalledVersion}: ${VulnerabilityID}`,
    })),
    {
      dependencies: Results.flatMap((r) => r.Packages).filter(isDependency).length,
      databaseFrom: database.UpdatedAt,
      sources: Results.map(({ Target }) => join(ArtifactName, Target)),
    },
  );
  if ("problem" in measure) return measure;
  return {
    tool: "trivy",
    version: Trivy.Version,
    startedAt: CreatedAt,
    finishedAt: CreatedAt,
    commit: Metadata?.Commit ?? null,
    measure,
  };
}

function foreign({ Packages, Vulnerabilities }: Result) {
  return Vulnerabilities.filter(
    ({ PkgName, InstalledVersion }) =>
      !Packages.some(({ Name, Version }) => Name === PkgName && Version === InstalledVersion),
  );
}

/** The project itself is none. */
function isDependency({ Relationship }: z.infer<typeof pack>): boolean {
  return Relationship !== "root" && Relationship !== "workspace";
}
