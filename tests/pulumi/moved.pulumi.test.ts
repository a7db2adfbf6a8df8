/**
 * Components are renamed and moved in the code without touching what they hold: with
 * `aliases: [{ name: "old-name", parent: oldParent }]` on the component its children follow by themselves.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CloudResource } from "./stand-ins/cloud.ts";
import { Transcript } from "./transcript.ts";
import { createTestStack, type TestStack, testProgram } from "./workspace.ts";

const stateful = [
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:kms/key:Key",
  "aws:rds/instance:Instance",
  "aws:s3/bucket:Bucket",
];

let target: TestStack;
let before: readonly CloudResource[];
const configure = (place: "first" | "moved", aliases: boolean) =>
  target.stack.setAllConfig({
    "aws:region": { value: "eu-central-1" },
    "stores:place": { value: place },
    "stores:aliases": { value: String(aliases) },
  });
const holding = () => target.clouds.live().filter(({ type }) => stateful.includes(type));

beforeAll(async () => {
  target = await createTestStack("dev", testProgram("stores"));
  await configure("first", false);
  await target.stack.up();
  before = target.clouds.live();
});
afterAll(() => target.dispose());

it("without aliases a move would delete the stores, which protection refuses", async () => {
  await configure("moved", false);
  const { events, taken } = new Transcript();
  await expect(target.stack.preview(taken)).rejects.toThrow();
  const errors = events.flatMap(({ diagnosticEvent: d }) => (d?.severity === "error" ? [d.message] : []));
  const refused = stateful.filter((type) =>
    errors.some((e) => e.includes(type) && e.includes("it is protected")),
  );
  expect(refused.length).toBeGreaterThan(0);
});

it("with aliases a move changes nothing of what they hold", async () => {
  const identity = ({ type, id }: CloudResource) => `${type} ${id}`;
  const held = holding();
  expect(new Set(held.map(({ type }) => type)).size).toBe(stateful.length);
  await configure("moved", true);
  await target.stack.up();
  expect(holding().map(identity).sort()).toEqual(held.map(identity).sort());
  // Names of keys follow the code: they hold nothing.
  const live = new Set(target.clouds.live().map(identity));
  const lost = before.filter((r) => !live.has(identity(r))).map(({ type }) => type);
  expect(lost).toEqual(["aws:kms/alias:Alias", "aws:kms/alias:Alias"]);
});
