import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { factsOf } from "../../../readiness/inputs/facts-file.ts";
import { withheld } from "../../../readiness/inputs/withheld.ts";
import { named, run, unknown } from "./run.ts";

const database = {
  kind: "resource",
  token: "aws:rds/instance:Instance",
  provider: "",
  args: { id: "portal" },
  answer: { address: "portal.example", password: withheld },
};
const queue = {
  kind: "function",
  token: "aws:sqs/getQueue:getQueue",
  provider: "",
  args: { name: "jobs" },
  answer: { url: "https://queue.example/jobs" },
};
const file = { schemaVersion: "1.0", stack: "dev", recorded: "2026-11-01T00:00:00Z", days: 30 };
const now = new Date("2026-11-20T00:00:00Z");

describe("facts of a stack", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(realpathSync(tmpdir()), "facts-"));
    mkdirSync(join(folder, "facts"));
    return () => rmSync(folder, { recursive: true });
  });

  const written = (content: object | string, at = now) => {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(join(folder, "facts/dev.json"), text);
    return factsOf(folder, "dev", at);
  };
  const whole = { ...file, lookups: [database, queue] };

  it("answer what the program looks up", async () => {
    const { answers, warning } = written(whole);
    expect(warning).toBeUndefined();
    const told = await run("looks-up", { answers, config: { "looks-up:plainly": "true" } });
    const values = ["host", "queue", "plain"].map((name) => named(told, name).props["value"]);
    expect(values).toEqual(["portal.example", queue.answer.url, queue.answer.url]);
    expect(told.unanswered).toEqual([]);
  });

  it("leave unknown what they do not tell, and say so", async () => {
    const told = await run("looks-up");
    expect(["host", "queue"].map((name) => named(told, name).props["value"])).toEqual([unknown, unknown]);
    expect(told.unanswered).toEqual(["aws:rds/instance:Instance portal", "aws:sqs/getQueue:getQueue"]);
    const other = written({ ...file, lookups: [{ ...queue, args: { name: "mails" } }] });
    expect(named(await run("looks-up", other), "queue").props["value"]).toBe(unknown);
  });

  it("are needed by a function's plain form, which knows no unknown", async () => {
    const plainly = run("looks-up", { config: { "looks-up:plainly": "true" } });
    await expect(plainly).rejects.toThrow("aws:sqs/getQueue:getQueue");
  });

  it.each([
    ["2026-12-02T00:00:00Z", "counts for 30 days"],
    ["2026-10-30T00:00:00Z", "is of the future"],
  ])("are unknown on %s", (at, why) => {
    const { answers, warning } = written(whole, new Date(at));
    expect(warning).toContain(`facts/dev.json of 2026-11-01 ${why}`);
    expect(answers({ ...queue, kind: "function" })).toBeUndefined();
  });

  it("keep what was withheld unknown", () => {
    const { answers } = written(whole);
    expect(answers({ ...database, kind: "resource" })).toEqual({
      address: "portal.example",
      password: unknown,
    });
  });

  it.each<[object | string, string]>([
    ["{", "facts/dev.json ends in the middle"],
    [{ ...whole, stack: "prod" }, 'is of the stack "prod", must be of "dev"'],
    [{ ...whole, recorded: "yesterday" }, "facts/dev.json is no file of facts: recorded"],
    [{ ...whole, days: 0 }, "is no file of facts: days"],
  ])("of %j are refused", (content, message) => {
    expect(() => written(content)).toThrow(message);
  });
});
