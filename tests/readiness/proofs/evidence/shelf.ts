/** A folder of evidence made for a test, and the gate over it. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NeededItem, Suite } from "../../../../model/checklist/needs.ts";
import type { Measure } from "../../../../model/evidence/measure.ts";
import type { Finding } from "../../../../model/finding.ts";
import { type EvidenceInput, evidenceFindings } from "../../../../readiness/proofs/evidence/findings.ts";
import type { Format, Reading } from "../../../../readiness/proofs/evidence/reading.ts";
import { sha256Of } from "../../../../readiness/proofs/evidence/recompute.ts";
import { namespace } from "../../../../readiness/proofs/evidence/signature.ts";
import {
  fileName,
  type Predicate,
  predicateType,
  type Statement,
  statementType,
  type ToolRun,
  writeStatement,
} from "../../../../readiness/proofs/evidence/statement.ts";
import { readSigners, type Signers } from "../../../../readiness/proofs/signers.ts";
import { keys, now, release, spec } from "../house.ts";
import type { TestKey } from "../signing.ts";
import { audit, good, types, wayBack } from "./measures.ts";

export { keys, now, release, spec } from "../house.ts";

export const portalCommit = release.services["portal"]?.commit ?? "";
export const deployment = release.services["portal"]?.deployment ?? null;

/** Reads a reading as JSON: what the formats of tools make of their bytes is tested with them. */
const plain: Format = {
  name: "plain",
  kind: "tests",
  made: "by a test",
  read: ({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)) as Reading,
};

/** Key of `ci` may sign for both. */
export function signersWith(more = ""): Signers {
  const of = (service: string) =>
    `  - { service: ${service}, key: ${keys.ci.line}, from: 2026-01-05${more} }\n`;
  const { value, issues } = readSigners(`people: []\nevidence:\n${of("portal")}${of("platform")}`);
  if (!value) throw new Error(JSON.stringify(issues));
  return value;
}

export interface Made {
  readonly measures: readonly Measure[];
  readonly suite?: Suite | null;
  readonly predicate?: Partial<Predicate>;
  readonly commit?: string;
  readonly subject?: string;
  /** Of each reading. */
  readonly reading?: Partial<Reading>;
  readonly run?: (run: ToolRun) => ToolRun;
  /** When it was measured, and handed in. */
  readonly at?: string;
  /** Nobody's where null. */
  readonly key?: TestKey | null;
  readonly namespace?: string;
  /** Of the raw file, after its digest was taken. */
  readonly alter?: (raw: string) => string;
  readonly name?: string;
  readonly folder?: string;
  /** Of the statement's text, after it was made and before it is signed. */
  readonly edit?: (text: string) => string;
}

export const earlier = "2026-03-02T08:00:00.000Z";

export class Shelf {
  readonly directory: string;

  constructor() {
    this.directory = join(mkdtempSync(join(tmpdir(), "evidence-")), "evidence");
  }

  /** Files a statement and gives its path. */
  put(item: NeededItem | string, made: Made): string {
    const of = shape(item, made);
    const folder = made.folder ?? join(this.directory, of.service, of.commit);
    mkdirSync(join(folder, "raw"), { recursive: true });
    for (const { raw, sha256 } of of.raws) {
      writeFileSync(join(folder, "raw", sha256), made.alter ? made.alter(raw) : raw);
    }
    const path = join(folder, made.name ?? fileName(of.statement.predicate, new Date(of.at)));
    const text = made.edit ? made.edit(writeStatement(of.statement)) : writeStatement(of.statement);
    const { key = keys.ci } = made;
    writeFileSync(path, text);
    if (key) writeFileSync(`${path}.sig`, key.sign(text, made.namespace ?? namespace));
    return path;
  }

  async judge(over: Partial<EvidenceInput> = {}): Promise<readonly Finding[]> {
    return evidenceFindings({
      stack: "prod",
      spec,
      release,
      directory: this.directory,
      signers: signersWith(),
      acceptUnsigned: false,
      now,
      occasion: "release",
      formats: new Map([["plain", plain]]),
      ...over,
    });
  }
}

export interface Shape {
  readonly service: string;
  readonly commit: string;
  readonly at: string;
  readonly statement: Statement;
  readonly raws: readonly { readonly raw: string; readonly sha256: string }[];
}

export function shape(item: string, made: Made): Shape {
  const { service = /^(INC-0[23]|PRE-18)$/.test(item) ? "platform" : "portal" } = made.predicate ?? {};
  const commit = made.commit ?? (service === "platform" ? release.commit : portalCommit);
  const at = made.at ?? earlier;
  const raws = made.measures.map((measure, i) => {
    const reading: Reading = {
      tool: "tool",
      version: "1.2.3",
      // No two reports are the same, byte for byte.
      startedAt: new Date(Date.parse(at) - i).toISOString(),
      finishedAt: at,
      commit: null,
      measure,
      ...made.reading,
    };
    const raw = JSON.stringify(reading);
    return { raw, sha256: sha256Of(Buffer.from(raw)), reading };
  });
  const runs = raws.map(({ raw, sha256, reading }, i): ToolRun => {
    const { measure } = reading;
    const run: ToolRun = {
      format: "plain",
      tool: reading.tool,
      version: reading.version,
      exitCode: measure.kind === "command" ? measure.exitCode : 0,
      shard: measure.kind === "tests" ? measure.shard : null,
      summary: measure as ToolRun["summary"],
      files: [{ path: `results/${i + 1}.json`, sha256, bytes: Buffer.byteLength(raw) }],
    };
    return made.run ? made.run(run) : run;
  });
  const statement: Statement = {
    _type: statementType,
    subject: [{ name: made.subject ?? subjectOf(service), digest: { gitCommit: commit } }],
    predicateType,
    predicate: {
      version: 1,
      item,
      service,
      environment: "ci",
      suite: made.suite ?? null,
      deployment: null,
      tree: "clean",
      schema: null,
      unmeasured: made.measures.some(({ kind }) => kind === "coverage") ? [] : null,
      authors: ["amara.okafor@example.com"],
      startedAt: at,
      finishedAt: at,
      runs,
      collector: "production-readiness 0.1.0",
      ...made.predicate,
    },
  };
  return { service, commit, at, statement, raws };
}

function subjectOf(service: string): string {
  const own = spec.services.find(({ name }) => name === service);
  return `${own?.repository ?? spec.repository}/${service}`;
}

const staging = { environment: "staging", deployment: "dpl_staging" } as const;
const prod = { environment: "prod", deployment } as const;

/** What proves each item. */
export const proofs: Readonly<Record<NeededItem, readonly Made[]>> = {
  "PRE-01": [
    { measures: [good.tests], suite: "unit" },
    { measures: [good.tests], suite: "e2e" },
  ],
  "PRE-02": [{ measures: [good.coverage] }],
  "PRE-03": [{ measures: [good.command] }],
  "PRE-04": [{ measures: [good.lint] }, { measures: [types] }],
  "PRE-05": [{ measures: audit }],
  "PRE-06": [{ measures: [good["security-review"]] }],
  "PRE-07": [{ measures: [good.bundle] }],
  "PRE-08": [{ measures: [good.performance], predicate: staging }],
  "PRE-09": [{ measures: [good.load], predicate: staging }],
  "PRE-10": [{ measures: [good.transport], predicate: staging }],
  "PRE-11": [{ measures: [good.headers], predicate: staging }],
  "PRE-12": [{ measures: [good.accessibility], predicate: staging }],
  "PRE-13": [{ measures: [good.migrations] }, { measures: [wayBack] }],
  "PRE-14": [{ measures: [good["query-plans"]] }],
  "PRE-15": [{ measures: [good.tests], suite: "smoke", predicate: staging }],
  "PRE-18": [{ measures: [good.records], predicate: { environment: "prod" } }],
  "INC-01": [{ measures: [good.rollback], predicate: staging }],
  "INC-02": [{ measures: [good.restore], predicate: { environment: "prod" } }],
  "INC-03": [{ measures: [good.drill], predicate: { environment: "prod" } }],
  "POST-01": [{ measures: [good["watch-10m"]], predicate: prod }],
  "POST-02": [{ measures: [good["watch-1h"]], predicate: prod }],
  "POST-03": [{ measures: [good["alert-history"]], predicate: prod }],
  "POST-04": [{ measures: [good.tests], suite: "regression", predicate: prod }],
};
