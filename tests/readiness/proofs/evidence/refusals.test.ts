/** Each way in which a statement proves nothing, refused with its own reason. */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../../model/finding.ts";
import type { EvidenceInput } from "../../../../readiness/proofs/evidence/findings.ts";
import { testKey } from "../signing.ts";
import { issuer, signedAt, sigstore, subject } from "../sigstore.ts";
import { audit, good, types } from "./measures.ts";
import {
  deployment,
  earlier,
  keys,
  type Made,
  now,
  portalCommit,
  release,
  Shelf,
  signersWith,
} from "./shelf.ts";

/** What the gate says of the only statement, or of the one part that is not there. */
async function refusal(shelf: Shelf, over: Partial<EvidenceInput> = {}): Promise<Finding | undefined> {
  const findings = await shelf.judge(over);
  for (const finding of findings) {
    expect(finding.observed).not.toContain("\n");
    if (finding.outcome === "fail") {
      expect(finding.wanted).toBeTruthy();
      expect(finding.remedy).toMatch(/`npm run evidence -- (collect|run) --item .* --service p/);
    }
  }
  return findings.find(({ outcome }) => outcome !== "pass");
}

const build = (made: Partial<Made>) => {
  const shelf = new Shelf();
  shelf.put("PRE-03", { measures: [good.command], ...made });
  return shelf;
};
const smoke = (predicate: Made["predicate"], item = "PRE-15") => {
  const shelf = new Shelf();
  const suite = item === "PRE-15" ? "smoke" : "regression";
  shelf.put(item, { measures: [good.tests], suite, ...(predicate && { predicate }) });
  return shelf;
};
const replace = (from: string | RegExp, to: string) => (text: string) => {
  expect(text).toMatch(from);
  return text.replace(from, to);
};
const at = (ms: number) => new Date(now.getTime() + ms).toISOString();

const cases: readonly (readonly [name: string, shelf: () => Shelf, observed: string | RegExp])[] = [
  ["an empty file", () => build({ edit: () => "" }), "it is empty: the tool wrote no result, run it again"],
  ["an HTML page", () => build({ edit: () => "<!doctype html><html>" }), /^it is an HTML page/],
  ["a text that breaks off", () => build({ edit: (text) => text.slice(0, 300) }), /^its JSON breaks off/],
  ["a name twice", () => build({ edit: replace("{", '{"_type": "x",') }), /the name "_type" twice/],
  [
    "another type of statement",
    () => build({ edit: replace("Statement/v1", "Statement/v2") }),
    /_type: Invalid input/,
  ],
  [
    "another version of the predicate",
    () => build({ edit: replace("evidence:1", "evidence:2") }),
    /predicateType: /,
  ],
  ["a misspelt field", () => build({ edit: replace('"suite"', '"suit"') }), /predicate.suite: /],
  [
    "a field that nobody knows",
    () => build({ edit: replace('"suite"', '"gate": "open", "suite"') }),
    /"gate"/,
  ],
  [
    "a short commit",
    () => build({ commit: portalCommit.slice(0, 12) }),
    /must be the full id of a commit, 40 or 64/,
  ],
  [
    "a commit in capitals",
    () => build({ commit: portalCommit.toUpperCase() }),
    /must be the full id of a commit/,
  ],
  ["another commit", () => build({ commit: "c".repeat(40) }), `it is of commit ${"c".repeat(40)}`],
  [
    "a commit that begins as the released one does",
    () => build({ commit: portalCommit.slice(0, 39) + (portalCommit.endsWith("0") ? "1" : "0") }),
    /^it is of commit 89abcdef/,
  ],
  [
    "a tree that was not clean",
    () => build({ edit: replace('"clean"', '"dirty"') }),
    /tree: must be clean: commit/,
  ],
  ["two subjects", () => build({ edit: replace('"subject": [', '"subject": [{}, ') }), /subject/],
  ["another repository", () => build({ subject: "example/fork/portal" }), "it is of example/fork/portal"],
  [
    "the folder of another commit",
    () => {
      const shelf = build({ commit: "c".repeat(40) });
      const folder = join(shelf.directory, "portal");
      renameSync(join(folder, "c".repeat(40)), join(folder, portalCommit));
      return shelf;
    },
    `it is of commit ${"c".repeat(40)} and lies in the folder ${portalCommit}`,
  ],
  [
    "another item's name",
    () => build({ name: "PRE-04.x.20260302T080000000Z.json" }),
    "it is of PRE-03 and its name says PRE-04",
  ],
  ["a name of somebody's own", () => build({ name: "build.json" }), /^its name "build.json" is not one that/],
  [
    "a time five minutes and a second ahead",
    () => build({ at: at(301_000) }),
    `it ended at ${at(301_000)}, which is yet to come`,
  ],
  [
    "an end before its beginning",
    () => build({ predicate: { startedAt: at(0) } }),
    "it ended before it began",
  ],
  [
    "an end that its raw file does not tell",
    () => build({ reading: { finishedAt: "2026-02-01T08:00:00.000Z" } }),
    "it ended at 2026-03-02T08:00:00.000Z, and its raw files at 2026-02-01T08:00:00.000Z",
  ],
  [
    "a raw file without a time that is one",
    () => build({ reading: { finishedAt: "soon" } }),
    /has the time "soon", which is none/,
  ],
  [
    "smoke tests of no deployment",
    () => smoke({ environment: "staging" }),
    "it does not say which deployment was measured",
  ],
  ["smoke tests in production", () => smoke({ environment: "prod", deployment }), "it is of prod"],
  [
    "regression tests in staging",
    () => smoke({ environment: "staging", deployment }, "POST-04"),
    "it is of staging",
  ],
  [
    "regression tests of a redeployment",
    () => smoke({ environment: "prod", deployment: "dpl_2" }, "POST-04"),
    "it is of the deployment dpl_2",
  ],
  [
    "a raw file that was altered",
    () => build({ alter: replace("npm run", "yarn run") }),
    "its raw file results/1.json was altered",
  ],
  [
    "a raw file that is gone",
    () => {
      const shelf = build({});
      rmSync(join(shelf.directory, "portal", portalCommit, "raw"), { recursive: true });
      return shelf;
    },
    "its raw file results/1.json is missing",
  ],
  [
    "a raw file of another size",
    () => build({ run: (run) => ({ ...run, files: run.files.map((f) => ({ ...f, bytes: f.bytes + 1 })) }) }),
    "its raw file results/1.json was altered",
  ],
  [
    "a raw file that is a link",
    () => {
      const shelf = build({});
      const raw = join(shelf.directory, "portal", portalCommit, "raw");
      const [name = ""] = readdirSync(raw);
      renameSync(join(raw, name), join(shelf.directory, "elsewhere"));
      symlinkSync(join(shelf.directory, "elsewhere"), join(raw, name));
      return shelf;
    },
    /results\/1\.json: portal\/.* is a symbolic link, must be the file itself$/,
  ],
  [
    "a statement that is a link",
    () => {
      const shelf = new Shelf();
      const path = shelf.put("PRE-03", { measures: [good.command] });
      renameSync(path, join(shelf.directory, "elsewhere"));
      symlinkSync(join(shelf.directory, "elsewhere"), path);
      return shelf;
    },
    /is a symbolic link/,
  ],
  [
    "a folder that is a link",
    () => {
      const shelf = build({});
      renameSync(join(shelf.directory, "portal"), join(shelf.directory, "elsewhere"));
      symlinkSync(join(shelf.directory, "elsewhere"), join(shelf.directory, "portal"));
      return shelf;
    },
    "portal is a symbolic link, must be the file itself",
  ],
  [
    "a folder in place of a statement",
    () => {
      const shelf = build({});
      mkdirSync(join(shelf.directory, "portal", portalCommit, "PRE-03.x.20260302T083000000Z.json"));
      return shelf;
    },
    "it is no file",
  ],
  ...["../../secrets.json", "/etc/passwd", "a\\..\\b"].map(
    (path) =>
      [
        `a raw file called ${path}`,
        () => build({ run: (run) => ({ ...run, files: run.files.map((f) => ({ ...f, path })) }) }),
        /must be a relative path without \.\./,
      ] as const,
  ),
  [
    "a digest that is a way out",
    () => build({ edit: replace(/"sha256": "[0-9a-f]{64}"/, '"sha256": "../../x"') }),
    /must be a SHA-256/,
  ],
  [
    "a summary that is not what the raw file says",
    () => build({ run: (run) => ({ ...run, summary: { ...good.command, seconds: 1 } }) }),
    "its summary is not what its raw file results/1.json says",
  ],
  [
    "a raw file of another commit",
    () => build({ reading: { commit: "c".repeat(40) } }),
    /its raw file .* is of commit c{40}$/,
  ],
  [
    "a format that there is not",
    () => build({ run: (run) => ({ ...run, format: "magic" }) }),
    'there is no format "magic"',
  ],
  [
    "another exit code than the raw file's",
    () => build({ run: (run) => ({ ...run, exitCode: 3 }) }),
    "its raw file results/1.json ended with 0, and not with 3",
  ],
  [
    "the same raw file twice",
    () => build({ measures: [good.command, good.command], reading: { startedAt: earlier } }),
    /has the same content as another raw file/,
  ],
  ["no signature", () => build({ key: null }), "it is not signed"],
  [
    "a signature for something else",
    () => build({ namespace: "file" }),
    'a signature made for the namespace "file", not "production-readiness-evidence"',
  ],
  [
    "a signature by a stranger",
    () => build({ key: testKey() }),
    /^a signature by the key SHA256:.*, which is not in signers.yaml$/,
  ],
  ["a signature by a person", () => build({ key: keys.priya }), /which is not in signers.yaml$/],
  [
    "a signature without a touch",
    () => {
      const key = testKey("ssh:");
      return build({
        key: { ...key, sign: (message, namespace) => key.sign(message, namespace, { touch: false }) },
      });
    },
    "a signature that a security key made without a touch",
  ],
  [
    "a signature over something else",
    () => {
      const shelf = new Shelf();
      const path = shelf.put("PRE-03", { measures: [good.command] });
      writeFileSync(path, readFileSync(path, "utf8").replace("0.1.0", "0.2.0"));
      return shelf;
    },
    /^a signature/,
  ],
  [
    "a signature that is none",
    () => {
      const shelf = new Shelf();
      writeFileSync(`${shelf.put("PRE-03", { measures: [good.command] })}.sig`, "signed");
      return shelf;
    },
    "a signature that is not an armoured SSH signature",
  ],
  [
    "a bundle that is none beside a signature",
    () => {
      const shelf = new Shelf();
      writeFileSync(`${shelf.put("PRE-03", { measures: [good.command] })}.sigstore.json`, "{}");
      return shelf;
    },
    /^a Sigstore bundle, for which the project has no trusted root/,
  ],
];

describe("refused", () => {
  it.each(cases)("%s", async (_, shelf, observed) => {
    const found = await refusal(shelf());
    expect(found?.outcome).toBe("fail");
    if (typeof observed === "string") expect(found?.observed).toBe(observed);
    else expect(found?.observed).toMatch(observed);
  });

  it("a time up to five minutes ahead is not: clocks differ", async () => {
    expect(await refusal(build({ at: at(300_000) }))).toBeUndefined();
  });

  it("regression tests before anything of the release is deployed", async () => {
    const [service] = Object.values(release.services);
    if (!service) throw new Error("the fixture has no service");
    const services = { portal: { ...service, deployment: null } };
    const shelf = smoke({ environment: "prod", deployment }, "POST-04");
    const found = await refusal(shelf, { release: { ...release, services } });
    expect(found?.observed).toBe("it is of dpl_1, and nothing of this release is deployed");
  });

  it("a statement of another service in this one's folder", async () => {
    const shelf = new Shelf();
    const path = shelf.put("PRE-03", { measures: [good.command], predicate: { service: "billing" } });
    mkdirSync(join(shelf.directory, "portal"), { recursive: true });
    renameSync(dirname(path), join(shelf.directory, "portal", basename(dirname(path))));
    expect((await refusal(shelf))?.observed).toBe("it is of billing and lies in the folder of portal");
  });

  it("a format that throws is a broken one", async () => {
    const read = () => {
      throw new Error("no\nidea");
    };
    const formats = new Map([["plain", { name: "plain", kind: "tests", made: "", read } as const]]);
    expect((await refusal(build({}), { formats }))?.observed).toBe(
      "results/1.json: the format plain cannot read it (no idea)",
    );
  });

  it("a file whose item nobody can tell, for every item of its service", async () => {
    const shelf = build({});
    writeFileSync(join(shelf.directory, "portal", portalCommit, "notes.txt"), "all well");
    const findings = await shelf.judge();
    expect(findings.length).toBeGreaterThan(10);
    expect(new Set(findings.map(({ outcome }) => outcome))).toEqual(new Set(["fail"]));
  });
});

describe("keys", () => {
  it.each([
    [
      "that has expired, though the statement is older",
      ", until: 2026-03-01",
      /^a signature by the key .*, which had expired|has expired on 2026-03-01/,
    ],
    ["that was revoked since", ", revoked: 2026-03-02", /which was revoked on 2026-03-02$/],
  ])("one %s counts for nothing", async (_, more, observed) => {
    expect((await refusal(build({}), { signers: signersWith(more) }))?.observed).toMatch(observed);
  });

  it("one that expires today still counts", async () => {
    expect(await refusal(build({}), { signers: signersWith(", until: 2026-03-02") })).toBeUndefined();
  });

  it("one that counts from tomorrow on does not count yet", async () => {
    const { evidence } = signersWith();
    const signers = { people: [], evidence: evidence.map((e) => ({ ...e, from: "2026-03-03" })) };
    expect((await refusal(build({}), { signers }))?.observed).toMatch(
      /counts from 2026-03-03 on, not on 2026-03-02$/,
    );
  });

  it("one of another service does not count", async () => {
    const { evidence } = signersWith();
    const signers = { people: [], evidence: evidence.filter(({ service }) => service === "platform") };
    expect((await refusal(build({}), { signers }))?.observed).toMatch(
      /which signs evidence of platform alone$/,
    );
  });

  it("without signers.yaml none counts", async () => {
    expect((await refusal(build({}), { signers: undefined }))?.observed).toBe(
      "a signature, and there is no signers.yaml that says whose it may be",
    );
  });
});

describe("where unsigned evidence is accepted", () => {
  it("it counts, and its finding says so", async () => {
    const [found] = await build({ key: null }).judge({ acceptUnsigned: true, signers: undefined });
    expect(found).toMatchObject({
      outcome: "pass",
      observed: "it is not signed, which readiness:evidence accepts",
    });
  });

  it("a signature that does not hold is refused all the same", async () => {
    const found = await refusal(build({ namespace: "file" }), { acceptUnsigned: true });
    expect(found?.observed).toMatch(/namespace/);
  });
});

describe("parts", () => {
  it.each([
    [
      "unit tests alone",
      [["PRE-01", { measures: [good.tests], suite: "unit" }]],
      "portal has no end-to-end tests",
    ],
    ["tests of no suite", [["PRE-01", { measures: [good.tests] }]], "portal has no unit tests"],
    ["lint alone", [["PRE-04", { measures: [good.lint] }]], "portal has no type check"],
    ["a type check alone", [["PRE-04", { measures: [types] }]], "portal has no lint"],
    [
      "a command that builds nothing",
      [["PRE-03", { measures: [{ ...good.command, command: "true" }] }]],
      "portal has no build",
    ],
    [
      "migrations without a way back",
      [["PRE-13", { measures: [good.migrations] }]],
      "portal has no way back",
    ],
  ] satisfies readonly [string, readonly [string, Made][], string][])(
    "%s fails",
    async (_, made, observed) => {
      const shelf = new Shelf();
      for (const [item, of] of made) shelf.put(item, of);
      expect((await refusal(shelf))?.observed).toBe(observed);
    },
  );

  it("an audit whose tool ran somewhere else fails", async () => {
    const shelf = new Shelf();
    shelf.put("PRE-05", { measures: audit.slice(1) });
    expect((await refusal(shelf))?.observed).toBe("nothing tells which commit's files its tool was given");
  });

  it.each([
    ["that ended badly", 1, "tool ended with 1"],
    ["of which nobody knows how it ended", null, "it does not say how tool ended"],
  ])("a linter %s fails", async (_, exitCode, observed) => {
    const shelf = new Shelf();
    shelf.put("PRE-04", { measures: [good.lint], run: (run) => ({ ...run, exitCode }) });
    shelf.put("PRE-04", { measures: [types] });
    expect((await refusal(shelf))?.observed).toBe(observed);
  });

  it.each([
    [["src/b.ts"], "a source file is not in the report: src/b.ts"],
    [null, "it does not say which source files it leaves out"],
  ])("coverage that leaves out %j fails", async (unmeasured, observed) => {
    const shelf = new Shelf();
    shelf.put("PRE-02", { measures: [good.coverage], predicate: { unmeasured } });
    expect((await refusal(shelf))?.observed).toBe(observed);
  });

  it.each([
    ["a shard that is missing", [1, 3], "part 2 of 3 is missing: 2 of 3 are there"],
    ["a shard that is there twice", [1, 2, 2], "part 2 of 3 is there twice"],
  ])("%s fails", async (_, indexes, observed) => {
    const shelf = new Shelf();
    const measures = indexes.map((index) => ({ ...good.tests, shard: { index, total: 3 } }));
    shelf.put("PRE-15", {
      measures,
      suite: "smoke",
      predicate: { environment: "staging", deployment: "dpl_2" },
    });
    expect((await refusal(shelf))?.observed).toBe(observed);
  });
});

describe("a Sigstore bundle", () => {
  const judged = async (by: string, over: Partial<EvidenceInput> = {}, altered = "") => {
    const { bundleOf, trustedRoot } = await sigstore();
    const shelf = new Shelf();
    const path = shelf.put("PRE-03", { measures: [good.command], at: signedAt.toISOString(), key: null });
    const bundle = await bundleOf(readFileSync(path), by);
    writeFileSync(`${path}.sigstore.json`, bundle);
    if (altered) writeFileSync(path, readFileSync(path, "utf8").replace("0.1.0", altered));
    const identity = { issuer, subject };
    const signers = { people: [], evidence: [{ service: "portal", identity, from: "2026-01-05" }] };
    const later = new Date(signedAt.getTime() + 3_600_000);
    return (await shelf.judge({ signers, trustedRoot, now: later, ...over }))[0];
  };

  it("of a signer's identity is as good as a key", async () => {
    expect(await judged(subject)).toMatchObject({ outcome: "pass", observed: "" });
  });

  it.each([
    [
      "of a repository whose name begins the same",
      `${subject}-x`,
      {},
      "",
      /-x of https:.*, which is not in signers.yaml$/,
    ],
    ["over something else", subject, {}, "0.2.0", /^a Sigstore bundle that does not hold: /],
    ["without a trusted root", subject, { trustedRoot: undefined }, "", /has no trusted root/],
  ])("%s is refused", async (_, by, over, altered, observed) => {
    expect((await judged(by, over, altered))?.observed).toMatch(observed);
  });
});
