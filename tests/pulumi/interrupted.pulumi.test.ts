/** An update that is interrupted anywhere is recovered from: nothing is lost, nothing is made twice. */
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Clouds } from "./clouds.ts";
import { failedCreates, recover } from "./recovery.ts";
import type { CloudResource } from "./stand-ins/cloud.ts";
import type { Fault } from "./stand-ins/fault.ts";
import { cloneStack, createTestStack, type TestStack, testProgram } from "./workspace.ts";

type Point = Omit<Fault, "call">;

/** What happens, in the order in which it is spread over an update. */
const faults: Readonly<Record<string, readonly Point[]>> = {
  "first revision": [
    { kind: "kill", moment: "after" },
    { kind: "error", moment: "before" },
    { kind: "die", moment: "after" },
    { kind: "kill", moment: "before" },
    { kind: "hang", moment: "after" },
    { kind: "kill", moment: "after" },
    { kind: "error", moment: "after" },
    { kind: "die", moment: "before" },
    { kind: "kill", moment: "after" },
    { kind: "hang", moment: "before" },
    { kind: "kill", moment: "before" },
    { kind: "die", moment: "after" },
    { kind: "error", moment: "after" },
    { kind: "kill", moment: "after" },
  ],
  "second revision": [
    { kind: "kill", moment: "before" },
    { kind: "error", moment: "after" },
    { kind: "kill", moment: "after" },
    { kind: "die", moment: "after" },
    { kind: "kill", moment: "after" },
    { kind: "hang", moment: "after" },
    { kind: "error", moment: "after" },
    { kind: "kill", moment: "after" },
  ],
};

/** Creates, updates and deletes of each update of programs/small.ts; a test below holds them to the program. */
const calls: Readonly<Record<string, number>> = { "first revision": 30, "second revision": 22 };

/** Each fault somewhere in its own part of the update: the same places every time. */
function spread(points: readonly Point[], length: number): Fault[] {
  // The numerical recipes' generator; any would do.
  let seed = 2026;
  return points.map((point, i) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return { ...point, call: 1 + Math.floor(((i + seed / 2 ** 32) * length) / points.length) };
  });
}

/** A stack before each update, and what an update that is not interrupted makes of it. */
interface Prepared {
  readonly stack: TestStack;
  readonly made: Counts;
  readonly calls: number;
}
const prepared = new Map<string, Prepared>();

type Counts = Readonly<Record<string, number>>;

/** How often each resource was created and deleted. What `random` makes is in the state alone. */
function made(clouds: Clouds, byHand: readonly CloudResource[] = []): Counts {
  const counts: Record<string, number> = {};
  for (const { op, urn, type } of clouds.events()) {
    if (op !== "update" && !type.startsWith("random:"))
      counts[`${op} ${urn}`] = (counts[`${op} ${urn}`] ?? 0) + 1;
  }
  for (const { urn } of byHand) {
    for (const op of ["create", "delete"]) counts[`${op} ${urn}`] = (counts[`${op} ${urn}`] ?? 0) - 1;
  }
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}

async function prepare(stack: TestStack): Promise<Prepared> {
  const clean = await cloneStack(stack);
  clean.clouds.plan();
  await clean.stack.up();
  const result = { stack, made: made(clean.clouds), calls: clean.clouds.calls() };
  await clean.dispose();
  return result;
}

beforeAll(async () => {
  const first = await createTestStack("dev", testProgram("small"));
  const config = (revision: string) => ({
    "aws:region": { value: "eu-central-1" },
    "small:revision": { value: revision },
  });
  await first.stack.setAllConfig(config("1"));
  const second = await cloneStack(first);
  await second.stack.up();
  await second.stack.setAllConfig(config("2"));
  prepared.set("first revision", await prepare(first));
  prepared.set("second revision", await prepare(second));
});
afterAll(() => Promise.all([...prepared.values()].map(({ stack }) => stack.dispose())));

describe.each(Object.entries(faults))("an update to the %s", (revision, points) => {
  const update = (): Prepared => {
    const found = prepared.get(revision);
    if (!found) throw new Error(`nothing is prepared for the ${revision}`);
    return found;
  };

  it("is covered from its first call to its last", () => {
    expect(update().calls).toBe(calls[revision]);
  });

  it.each(spread(points, calls[revision] ?? 0))("survives: $kind $moment call $call", async (fault) => {
    const target = await cloneStack(update().stack);
    onTestFinished(() => target.dispose());
    target.clouds.plan(fault);
    const cancelled =
      fault.kind === "hang" && target.plugins.hanging().then((engine) => process.kill(engine, "SIGINT"));
    const events: EngineEvent[] = [];
    await expect(target.stack.up({ onEvent: (event) => events.push(event) })).rejects.toThrow();
    await cancelled;
    await target.plugins.gone();
    target.clouds.plan();

    expect(JSON.parse(await target.pulumi("stack", "export"))).toMatchObject({ version: 3 });
    const byHand = await recover(target, failedCreates(events));

    const { resources = [], pending_operations } = target.readState();
    expect(pending_operations ?? []).toEqual([]);
    const inState = resources.filter((r) => r.custom && !r.type.startsWith("pulumi:"));
    expect(identities(inState)).toEqual(identities(target.clouds.live()));
    expect(made(target.clouds, byHand)).toEqual(update().made);
  });
});

function identities(resources: readonly { urn: string; type: string; id?: string }[]): string[] {
  return resources
    .filter((r) => !r.type.startsWith("random:"))
    .map(({ urn, id }) => `${urn} ${id}`)
    .sort();
}
