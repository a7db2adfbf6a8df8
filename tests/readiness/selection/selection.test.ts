/** What is asked where not all is: nothing that is left out may look as if it held. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ItemId } from "../../../model/checklist/checklist.ts";
import type { Finding, Outcome } from "../../../model/finding.ts";
import { allowsUpdate } from "../../../policies/release-verdict.ts";
import { everything } from "../../../readiness/selection/asked.ts";
import { narrowed } from "../../../readiness/selection/narrow.ts";
import { deployedStacks, exported, exportOf } from "../exports.ts";
import { fixtures, run } from "../project.ts";
import { checkState, emptyFolder, stateOf } from "./foreign.ts";

const shop = stateOf("shop-typescript");

describe("a selection", () => {
  it("of sections and rules asks for what is in either, and says who is left out", async () => {
    const { report } = await checkState(shop, {
      judge: "existing",
      section: ["Database"],
      rule: ["alert-values-agree", "ONC-15"],
    });
    const { checklist, findings, selection } = report();
    expect(new Set(checklist.map(({ section }) => section))).toEqual(
      new Set(["Database", "Alert routing", "On-call"]),
    );
    const rules = findings.filter(({ item }) => item === "ALERT-20").map(({ by }) => by);
    expect(new Set(rules)).toEqual(new Set(["alert-values-agree"]));
    expect(selection?.notAsked).toContainEqual({ item: "EDGE-11", why: "selection" });
  });

  it("of a rule asks nothing else of its item", async () => {
    const { report } = await checkState(shop, { rule: ["database-storage-encrypted"] });
    expect(report()).toMatchObject({
      verdict: "GO of what was asked",
      checklist: [{ id: "DB-03", proofs: [{ by: "database-storage-encrypted", outcome: "pass" }] }],
    });
  });

  it("is no GO of the whole: no gate takes its verdict, and the exit status is that of what was asked", async () => {
    const { report, status } = await checkState(shop, { rule: ["database-storage-encrypted"] });
    expect(allowsUpdate(report().verdict)).toBe(false);
    expect(allowsUpdate("CONDITIONAL of what was asked")).toBe(false);
    expect(status).toBe(0);
  });

  it("says so in every format", async () => {
    for (const format of ["text", "markdown", "html", "sarif", "junit", "json"] as const) {
      const { stdout } = await checkState(
        shop,
        { rule: ["database-storage-encrypted"] },
        { outputs: [{ format, out: undefined }] },
      );
      if (format !== "junit") expect(stdout, format).toContain("GO of what was asked");
      if (format !== "json")
        expect(stdout.replaceAll(/\s+/g, " "), format).toContain("no verdict on the whole");
    }
  });

  it.each([
    [
      { section: ["Databse"] },
      /^error: --section: there is no section "Databse"; did you mean "Database"\?\n$/,
    ],
    [
      { rule: ["database-not-publik"] },
      /--rule: there is no rule or item .*did you mean "database-not-public"/,
    ],
    [{ judge: "existing", rule: ["aws-resources-tagged"] }, /asks nothing of what exists alone/],
    [{ reason: "known" }, /--reason is for --accept/],
    [{ expires: "2027-01-01" }, /--expires is for --accept/],
    [{ accept: true }, /name its file with --baseline/],
  ] as const)("%j is refused in a line", async (options, message) => {
    const { status, stderr, stdout } = await checkState(shop, options);
    expect(stderr).toMatch(message);
    expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
  });

  it("takes names of the command line as they are, and no other", async () => {
    const { status, stderr } = await run(["check", "--state", shop, "--judge", "existng"], {
      cwd: emptyFolder(),
    });
    expect([status, stderr.trimEnd().split("\n").length]).toEqual([2, 1]);
    expect(stderr).toMatch(/--judge/);
  });
});

describe("severity", () => {
  const found = (item: ItemId, outcome: Outcome, by: string): Finding => ({
    item,
    by,
    outcome,
    kind: "policy",
    subject: "db",
    urn: "urn:pulumi:prod::x::aws:rds/instance:Instance::db",
    observed: "this",
    wanted: "that",
    source: undefined,
  });
  const findings = [
    found("DB-03", "pass", "database-storage-encrypted"),
    found("DB-03", "unknown", "database-storage-key-own"),
    found("DB-02", "fail", "database-backups-retained"),
    found("DB-06", "pass", "database-deletion-protected"),
  ];

  it("of errors alone proves nothing of an item of which something is undecided", () => {
    const { checklist, notAsked } = narrowed(
      findings,
      "prod",
      { ...everything, minSeverity: "error" },
      new Date(),
    );
    expect(checklist.map(({ id }) => id)).toEqual(["DB-02", "DB-06"]);
    expect(notAsked).toContainEqual({ item: "DB-03", why: "severity" });
    expect(notAsked).toContainEqual({ item: "DB-01", why: "severity" });
  });

  it("of warnings leaves out of the report what holds, and nothing of the verdict", async () => {
    const { report } = await checkState(shop, { judge: "existing", minSeverity: "warning" });
    expect(report().findings.every(({ severity }) => severity === "error")).toBe(true);
    expect(report().verdict).toBe("NO-GO");
  });
});

describe("what exists", () => {
  const write = (state: unknown) => {
    const file = join(emptyFolder(), "state.json");
    writeFileSync(file, JSON.stringify(state));
    return file;
  };

  it("of production as it is deployed is right, remedies or not", async () => {
    const { report } = await checkState(write(exportOf(deployedStacks.prod)), { judge: "existing" });
    expect(report().findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(report().verdict).not.toBe("GO");
  });

  it("of a stack of nothing that rules know is undetermined, not GO", async () => {
    const { report, status } = await checkState(
      write(
        exported([
          {
            urn: "urn:pulumi:prod::x::aws:sqs/queue:Queue::q",
            custom: true,
            id: "q",
            type: "aws:sqs/queue:Queue",
            inputs: {},
            provider: "urn:pulumi:prod::x::pulumi:providers:aws::default::1",
          },
        ]),
      ),
      { judge: "existing", rule: ["database-storage-encrypted"] },
    );
    expect([report().verdict, status]).toEqual(["UNDETERMINED", 3]);
    expect(report().selection?.notAsked).toContainEqual({ item: "DB-03", why: "absent" });
  });

  it("of types that no rule knows is undetermined, and counts them; of nothing but what is read, too", async () => {
    const at = (type: string, name: string) => ({
      urn: `urn:pulumi:prod::x::${type}::${name}`,
      custom: true,
      id: name,
      type,
      inputs: {},
      provider: `urn:pulumi:prod::x::pulumi:providers:${type.split(":")[0]}::default::1`,
    });
    const { report, status } = await checkState(
      write(
        exported([
          at("gcp:storage/bucket:Bucket", "lake"),
          at("gcp:storage/bucket:Bucket", "sea"),
          at("kubernetes:core/v1:ConfigMap", "web"),
          at("random:index/randomPassword:RandomPassword", "db"),
          { ...at("pulumi:pulumi:StackReference", "acme/network/prod"), external: true },
        ]),
      ),
      { judge: "existing" },
    );
    expect([report().verdict, status]).toEqual(["UNDETERMINED", 3]);
    expect(report().findings.filter(({ outcome }) => outcome !== "not-applicable")).toEqual([]);
    expect(report().selection?.unread).toEqual({
      "gcp:storage/bucket:Bucket": 2,
      "kubernetes:core/v1:ConfigMap": 1,
    });
  });

  it("is asked of any project in a folder of this product's, which the whole is not", async () => {
    const whole = await checkState(shop, {}, { cwd: fixtures });
    expect([whole.status, whole.stderr]).toEqual([
      2,
      expect.stringContaining('the state of the project "shop"'),
    ]);
    const { report } = await checkState(shop, { judge: "existing" }, { cwd: fixtures });
    expect(report().verdict).toBe("NO-GO");
  });
});

it("a comparison with a report that was asked something else is refused", async () => {
  const cwd = emptyFolder();
  const since = join(cwd, "before.json");
  const { stdout } = await checkState(shop, { judge: "existing" }, { cwd });
  writeFileSync(since, stdout);
  const other = await checkState(shop, {}, { cwd, since });
  expect([other.status, other.stderr]).toEqual([2, expect.stringContaining("was asked something else")]);
  const same = await checkState(shop, { judge: "existing" }, { cwd, since });
  expect(same.report().since).toMatchObject({ verdict: "NO-GO", items: [], rules: [] });
});
