import { expect, it } from "vitest";
import { run } from "../project.ts";
import { changed, judged, open, withoutObject } from "./declared.ts";

it("is somebody else's: nothing of Route 53 watches, a key is there for it, and a person signs that it rings", async () => {
  const { staging, prod } = await judged(() => ({
    "readiness:outsideWatch": { kind: "elsewhere", because: "a monitor of uptime that the team pays for" },
  }));
  expect([open(staging), open(prod), staging.verdict]).toEqual([[], [], "GO"]);
  const reason = "the watch outside Datadog is elsewhere: a monitor of uptime that the team pays for";
  expect(withoutObject(prod)[reason]).toEqual(["MON-44"]);
  const standing = Object.fromEntries(prod.checklist.map((item) => [item.id, item.standing]));
  expect([standing["MON-46"], standing["MON-47"]]).toEqual(["proven", "unproven"]);
  expect(Object.keys(prod.resources).filter((type) => /healthCheck|metricAlarm/.test(type))).toEqual([]);
});

it("is Route 53's where nothing is written, and takes no signature", async () => {
  const { prod } = await judged(() => ({ "readiness:outsideWatch": undefined }));
  const standing = Object.fromEntries(prod.checklist.map((item) => [item.id, item.standing]));
  expect([standing["MON-44"], standing["MON-46"], standing["MON-47"]]).toEqual([
    "proven",
    "not-applicable",
    "not-applicable",
  ]);
  expect(prod.resources["aws:route53/healthCheck:HealthCheck"]).toBe(1);
});

it.each([
  [{ kind: "elsewhere" }, "readiness:outsideWatch.because: missing"],
  [{ kind: "none", because: "why not" }, 'readiness:outsideWatch.kind: found "none", must be one of'],
])("is refused in a line where it cannot be: %j", async (outsideWatch, said) => {
  const { status, stderr } = await run(["check"], {
    cwd: changed(() => ({ "readiness:outsideWatch": outsideWatch })),
  });
  expect(status).toBe(2);
  expect(stderr).toContain(said);
});
