import { afterEach, expect, it } from "vitest";
import { Unanswered, Vercel } from "../../../../readiness/rollback/application/vercel.ts";
import { FakeVercel, type Script } from "../fake-vercel.ts";

let fake: FakeVercel;
afterEach(() => fake.stop());

/** A client that waits for no longer than a moment. */
async function client(script: Script = {}, query: Readonly<Record<string, string>> = { teamId: "team_1" }) {
  fake = await new FakeVercel(script).start();
  const access = {
    url: fake.env["VERCEL_API_URL"] ?? "",
    headers: { authorization: "Bearer canary" },
    query,
  };
  return new Vercel(access, { milliseconds: 300, bytes: 1_000_000 });
}

it("asks once, and does not know what became of a request that nobody answers", async () => {
  const vercel = await client({ lost: "silent" });
  expect(await vercel.move("rollback", "prj_1", "dpl_old", "why")).toEqual({
    kind: "lost",
    why: "no whole answer within 0.3 s",
  });
  expect(fake.posts).toEqual(["rollback dpl_old"]);
});

it.each([
  [201, { kind: "taken", queued: false }],
  [202, { kind: "taken", queued: true }],
  [200, { kind: "lost" }],
  [302, { kind: "lost" }],
  [408, { kind: "lost" }],
  [422, { kind: "refused" }],
  [500, { kind: "lost" }],
  [599, { kind: "lost" }],
])("of an answer %i takes what it documents", async (post, outcome) => {
  const vercel = await client({ post });
  expect(await vercel.move("promote", "prj_1", "dpl_old", "why")).toMatchObject(outcome);
});

it("reads lists to their end, and production alone", async () => {
  const vercel = await client({ failedAliases: ["a.example.com", "b.example.com"] });
  expect(await vercel.failedAliases("prj_1")).toEqual(["a.example.com", "b.example.com"]);
  const ids = (await vercel.deployments("prj_1", true)).map(({ id }) => id);
  expect(ids).toEqual(["dpl_bad", "dpl_old", "dpl_older"]);
});

it("tells what is not known from what is refused", async () => {
  await expect((await client({ readFails: () => true })).project("portal")).rejects.toThrow(Unanswered);
  fake.stop();
  await expect((await client({}, {})).project("portal")).rejects.toThrow(
    /Vercel answered 403 .*the token may not/,
  );
});
