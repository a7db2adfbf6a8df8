import { describe, expect, it, onTestFinished } from "vitest";
import { Workers } from "../../../readiness/stacks/workers.ts";
import { checkpointOf } from "./backend.ts";

const bytes = () => new Uint8Array(Buffer.from(JSON.stringify(checkpointOf("shop", "prod"))));
const task = (key = "prod.json") => ({ key, locks: [], bytes: bytes() });

function workers(limits: Partial<ConstructorParameters<typeof Workers>[1]> = {}, most = 1): Workers {
  const given = { seconds: 100, megabytes: 1024, ...limits };
  const made = new Workers({ purpose: "change", now: 0 }, given, most);
  onTestFinished(() => made.end());
  return made;
}

describe("threads that judge states", () => {
  it("take one after the other, however many wait", async () => {
    const few = workers({}, 2);
    const rows = await Promise.all(["a", "b", "c", "d", "e"].map((key) => few.judge(task(key))));
    expect(rows.map(({ file, verdict }) => [file, verdict])).toEqual(
      ["a", "b", "c", "d", "e"].map((key) => [key, "NO-GO"]),
    );
  });

  it("give up a state that takes too long, and go on with the next", async () => {
    const hasty = workers({ seconds: 0.001 });
    const judged = Promise.allSettled([hasty.judge(task()), hasty.judge(task())]);
    expect(await judged).toMatchObject([
      { status: "rejected", reason: { message: "it takes more than 0.001 s to judge" } },
      { status: "rejected", reason: { message: "it takes more than 0.001 s to judge" } },
    ]);
  });

  it("outlive a state that takes more memory than there is", async () => {
    await expect(workers({ megabytes: 16 }).judge(task())).rejects.toThrow(
      "it takes more than 16 MB to judge",
    );
  });
});
