/** A baseline: what it accepts, what is new, what is gone, and what of it does not count. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkState, emptyFolder, stateOf, textOf } from "./foreign.ts";

const shop = stateOf("shop-typescript");
const existing = { judge: "existing" } as const;

async function accepted(options = {}) {
  const cwd = emptyFolder();
  const baseline = join(cwd, "baseline.yaml");
  const run = await checkState(shop, { ...existing, baseline, accept: true, ...options }, { cwd });
  return { cwd, baseline, run, text: () => readFileSync(baseline, "utf8") };
}

/** The state with another text in it. */
function changed(from: string, to: string): string {
  const text = textOf("shop-typescript");
  expect(text).toContain(from);
  const file = join(emptyFolder(), "state.json");
  writeFileSync(file, text.replaceAll(from, to));
  return file;
}

describe("a baseline", () => {
  it("accepts what is open today, each with its dates and a reason", async () => {
    const { run, text } = await accepted({ expires: inDays(30), reason: "until the move" });
    expect([run.status, run.report().verdict]).toEqual([0, "GO of what was asked"]);
    expect(run.report().selection?.baseline).toMatchObject({ expired: [], gone: [] });
    expect(run.report().selection?.baseline?.accepted).toHaveLength(13);
    expect(run.report().selection?.notAsked).toContainEqual({ item: "DB-02", why: "accepted" });
    expect(text().match(new RegExp(`expires: ${inDays(30)}`, "g"))).toHaveLength(13);
    expect(text()).toContain("reason: until the move");
  });

  it("fails what is new, and another value of what was accepted", async () => {
    const { baseline } = await accepted();
    const worse = changed('"backupRetentionPeriod":1', '"backupRetentionPeriod":0');
    const { report, status } = await checkState(worse, { ...existing, baseline });
    expect(status).toBe(1);
    expect(report().findings.filter(({ severity }) => severity === "error")).toMatchObject([
      { by: "database-backups-retained", message: expect.stringContaining("0 days") },
    ]);
    expect(report().selection?.baseline?.gone).toMatchObject([{ rule: "database-backups-retained" }]);
  });

  it("says what is gone, and accepts it no more once it is written anew", async () => {
    const { baseline, cwd } = await accepted();
    const mended = changed('"deletionProtection":false', '"deletionProtection":true');
    const { report } = await checkState(mended, { ...existing, baseline });
    expect(report().verdict).toBe("GO of what was asked");
    expect(report().selection?.baseline?.gone).toMatchObject([{ rule: "database-deletion-protected" }]);
    await checkState(mended, { ...existing, baseline, accept: true }, { cwd });
    expect(readFileSync(baseline, "utf8")).not.toContain("database-deletion-protected");
  });

  it("keeps dates and reasons of what was accepted, and what nobody asked about", async () => {
    const { baseline, cwd } = await accepted({ reason: "first" });
    await checkState(
      shop,
      { ...existing, baseline, accept: true, section: ["Database"], reason: "second" },
      { cwd },
    );
    const text = readFileSync(baseline, "utf8");
    expect(text.match(/reason: first/g)).toHaveLength(13);
    expect(text).not.toContain("reason: second");
  });

  it("does not count for what has expired, which it names", async () => {
    const { baseline, text } = await accepted();
    writeFileSync(
      baseline,
      text()
        .replaceAll(/accepted: 2\S+/g, "accepted: 2026-01-01")
        .replaceAll(/expires: \S+/g, "expires: 2026-02-01"),
    );
    const { report, status } = await checkState(shop, { ...existing, baseline });
    expect([status, report().verdict]).toEqual([1, "NO-GO"]);
    expect(report().selection?.baseline).toMatchObject({ accepted: [] });
    expect(report().selection?.baseline?.expired).toHaveLength(13);
  });

  it("is accepted anew after it has expired, with new dates", async () => {
    const { baseline, cwd, text } = await accepted();
    writeFileSync(
      baseline,
      text()
        .replaceAll(/accepted: 2\S+/g, "accepted: 2026-01-01")
        .replaceAll(/expires: \S+/g, "expires: 2026-02-01"),
    );
    const { status } = await checkState(shop, { ...existing, baseline, accept: true }, { cwd });
    expect(status).toBe(0);
    expect(text()).not.toContain("2026-02-01");
  });

  it("counts one finding an entry: a second one of the kind is new", async () => {
    const { baseline, text } = await accepted();
    const [entry = ""] =
      text().match(/ {2}- stack: .*\n {4}rule: database-clients-private\n(?: {4}.*\n)+/) ?? [];
    writeFileSync(baseline, text().replace(entry, ""));
    const { report } = await checkState(shop, { ...existing, baseline });
    expect(
      report()
        .findings.filter(({ severity }) => severity === "error")
        .map(({ by }) => by),
    ).toEqual(["database-clients-private"]);
  });
});

describe("a baseline that cannot be used", () => {
  it.each([
    ["no YAML", "accepted: [", /baseline\.yaml:/],
    ["no map", "- one", /found no map/],
    ["an entry without its end", entry({ expires: undefined }), /expires/],
    [
      "an end before its beginning",
      entry({ expires: "2026-01-01" }),
      /must be within a year after 2026-11-01/,
    ],
    ["no end that anybody sees", entry({ expires: "2099-01-01" }), /must be within a year/],
    ["a key that it has not", entry({ forever: true }), /forever/],
  ])("is refused, and nothing is accepted: %s", async (_, content, message) => {
    const baseline = join(emptyFolder(), "baseline.yaml");
    writeFileSync(baseline, content);
    const { status, stderr, stdout } = await checkState(shop, { ...existing, baseline });
    expect(stderr).toMatch(message);
    expect([status, stdout]).toEqual([2, ""]);
  });

  it("is refused where it is not there, or a folder", async () => {
    const cwd = emptyFolder();
    const missing = await checkState(shop, { ...existing, baseline: join(cwd, "none.yaml") });
    expect([missing.status, missing.stderr]).toEqual([
      2,
      expect.stringMatching(/no such file; --accept writes one/),
    ]);
    const folder = await checkState(shop, { ...existing, baseline: cwd });
    expect(folder.status).toBe(2);
  });

  it.each(["tomorrow", "2020-01-01", "2099-01-01"])("is not written until %s", async (expires) => {
    const { run } = await accepted({ expires });
    expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/must be a date within a year/)]);
  });
});

function entry(change: object): string {
  const whole = {
    stack: "production",
    rule: "database-backups-retained",
    resource: "urn:x",
    found: "x",
    accepted: "2026-11-01",
    expires: "2026-12-01",
    ...change,
  };
  return JSON.stringify({ accepted: [whole] });
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
