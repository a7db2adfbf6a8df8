import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messageOf } from "../../model/finding.ts";
import { evaluate } from "../../policies/evaluate.ts";
import type { Registration } from "../../readiness/engine/registration.ts";
import { Analyzer, type Diagnostic } from "./support/analyzer.ts";
import { fixtureStacks } from "./support/fixture-stacks.ts";
import { bucket, rules as everyKind, key } from "./support/pack/rules.ts";
import { declared, stackOf, unknown } from "./support/stack.ts";

/** The packs' processes, as the engine starts them for a preview and for an update. */
const packs = {
  everyKind: join(import.meta.dirname, "support/pack"),
  own: join(import.meta.dirname, "../../policies"),
};
let preview: Analyzer;
let update: Analyzer;
let pack: Analyzer;
beforeAll(async () => {
  [preview, update, pack] = await Promise.all([
    Analyzer.start(packs.everyKind, { stack: "prod", preview: true }),
    Analyzer.start(packs.everyKind, { stack: "prod", preview: false }),
    Analyzer.start(packs.own, { stack: "prod", preview: true }),
  ]);
});
afterAll(() => Promise.all([preview.stop(), update.stop(), pack.stop()]));

const someKey = declared(key.token, {}, { name: "some-key" });
const encrypted = { propertyDependencies: { key: [someKey.urn] } };
const good = declared(bucket.token, { size: 1 }, { name: "good", ...encrypted });
const big = declared(bucket.token, { size: 2 }, { name: "big", ...encrypted });
const open = declared(bucket.token, { size: 1 }, { name: "open" });
const undecided = declared(bucket.token, { size: unknown }, { name: "undecided", ...encrypted });

/** What the engine is told of a stack: each resource by itself, then all of them. */
async function diagnose(analyzer: Analyzer, stack: readonly Registration[]): Promise<readonly Diagnostic[]> {
  const alone = [];
  for (const r of stack) alone.push(...(await analyzer.analyze(r, stack)));
  return [...alone, ...(await analyzer.analyzeStack(stack))];
}

describe("rules as policies", () => {
  it.each([
    ["qa", "staging", false],
    ["qa", undefined, true],
    ["staging", "production", true],
    ["prod-eu", "staging", true],
  ])("hold %s, of tier %s by its config, to what its tier asks", async (stack, declaredTier, asked) => {
    const run = { stack, preview: true };
    const own = await Analyzer.start(
      packs.own,
      run,
      declaredTier ? { "readiness:tier": declaredTier } : undefined,
    );
    try {
      const instance = declared("aws:rds/instance:Instance", { multiAz: false }, { name: "db" });
      const said = (await own.analyze(instance)).map(({ message }) => message);
      expect(said.some((message) => message.includes("[database-multi-zone]"))).toBe(asked);
    } finally {
      await own.stop();
    }
  });

  it("stop a broken resource before it is created, and say nothing of a good one", async () => {
    expect(await update.analyze(good)).toEqual([]);
    expect(await update.analyze(big)).toEqual([
      {
        policy: "readiness-resource",
        level: "mandatory",
        message: expect.stringMatching(
          /^What each resource .*\nbig: size is 2, must be 1 \(GOV-01\).*\[bucket-sized\]$/,
        ),
        urn: big.urn,
      },
    ]);
  });

  it("look only at resources of their type", async () => {
    expect(await update.analyze(someKey)).toEqual([]);
  });

  it("advise of an unknown value in a preview and refuse it in an update", async () => {
    const said = {
      policy: "readiness-resource",
      message: expect.stringContaining("undecided: size is only known"),
    };
    expect(await preview.analyze(undecided)).toEqual([
      expect.objectContaining({ ...said, level: "advisory" }),
    ]);
    expect(await update.analyze(undecided)).toEqual([
      expect.objectContaining({ ...said, level: "mandatory" }),
    ]);
  });

  it("advise of what is waived, of that resource alone", async () => {
    const signedFor = declared(bucket.token, { size: 2 }, { name: "signed-for", ...encrypted });
    expect(await update.analyze(signedFor)).toEqual([
      expect.objectContaining({ level: "advisory", message: expect.stringContaining("size is 2") }),
    ]);
    expect(await update.analyze(big)).toEqual([expect.objectContaining({ level: "mandatory" })]);
  });

  it("report a rule that is broken itself, without the text that it could not read", async () => {
    const [diagnostic] = await update.analyze(declared(bucket.token, { size: 1, policy: "hunter2" }));
    expect(diagnostic).toMatchObject({ policy: "readiness-resource", level: "mandatory" });
    expect(diagnostic?.message).not.toContain("hunter2");
  });

  it("wait for the whole stack where they ask what a resource is connected to", async () => {
    const found = await diagnose(update, [someKey, good, open]);
    expect(found.filter((d) => d.message.includes("[bucket-encrypted]"))).toEqual([
      expect.objectContaining({ policy: "readiness-stack", level: "mandatory", urn: open.urn }),
    ]);
  });

  it("compare by value what is connected, where the values are known", async () => {
    const made = { ...someKey, outputs: { id: "key-0a1b2c" } };
    const foreign = { ...open, ...encrypted, props: { size: 1, key: "key-9f8e7d" } };
    const literal = { ...good, propertyDependencies: {}, props: { size: 1, key: "key-0a1b2c" } };
    const found = await diagnose(update, [made, foreign, literal]);
    expect(found.filter((d) => d.message.includes("[bucket-encrypted]")).map((d) => d.urn)).toEqual([
      open.urn,
    ]);
  });

  it("report what is missing, and what a stack rule finds", async () => {
    const found = await diagnose(update, [someKey]);
    expect(found.map((d) => [d.message.split("\n")[1], d.urn])).toEqual([
      [expect.stringContaining("no Bucket is declared"), ""],
      [expect.stringContaining("[bucket-encrypted]"), ""],
      [expect.stringContaining("[bucket-policy-parsed]"), ""],
      [expect.stringContaining("[bucket-kept]"), ""],
      [expect.stringContaining("some-key: declared, must be absent"), someKey.urn],
    ]);
  });

  it("find what direct evaluation finds, once", async () => {
    const stack = [someKey, good, big, open, undecided];
    const found = await diagnose(update, stack);
    const expected = evaluate(everyKind, stackOf(stack)).filter(
      (f) => !["pass", "not-applicable"].includes(f.outcome),
    );
    expect(found.map((d) => d.message.split("\n")[1]).sort()).toEqual(
      expected.map((f) => `${messageOf(f, "prod")} [${f.by}]`).sort(),
    );
  });
});

describe("the pack", () => {
  it("has a policy for resources and one for the stack", async () => {
    expect((await pack.policies()).map((p) => p.name)).toEqual(["readiness-resource", "readiness-stack"]);
  });

  it("stops a database without backups", async () => {
    const instance = declared(
      "aws:rds/instance:Instance",
      { backupRetentionPeriod: 1 },
      { name: "portal-db" },
    );
    expect(await pack.analyze(instance)).toContainEqual({
      policy: "readiness-resource",
      level: "mandatory",
      message: expect.stringContaining("portal-db: backupRetentionPeriod is 1 day, must be ≥ 7 (DB-02)"),
      urn: instance.urn,
    });
  });

  it("finds nothing wrong with a production stack", async () => {
    expect(await diagnose(pack, fixtureStacks.prod)).toEqual([]);
  });
});
