/** Production that is really proven: its gates are asked in earnest, and commands alone only seem to run. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { walk } from "../../../../readiness/release/walk/walk.ts";
import { makeProject } from "../../project.ts";
import { git, makeReady, type ReadyProject } from "../../proofs/ready-project.ts";
import { silently } from "../../proofs/silently.ts";
import { onlyGates } from "./only-gates.ts";

const now = new Date();
let ready: ReadyProject;
beforeAll(async () => {
  ready = await makeReady(makeProject(), now);
}, 600_000);

const { world, commands } = onlyGates(now);
const options = {
  ...{ stack: "prod", run: true, rollback: false, others: [], yes: false },
  checkouts: new Map<string, string>(),
};
const go = () =>
  silently(() => walk({ ...options, checkouts: new Map([["portal", ready.app]]) }, ready.folder, world));
const record = () => {
  const folder = join(ready.folder, "releases/prod");
  const [name = ""] = readdirSync(folder).filter((found) => /^\d{4}-/.test(found));
  return JSON.parse(readFileSync(join(folder, name, "record.json"), "utf8"));
};

it("goes by what is proven and signed, up to what is only proven afterwards", async () => {
  expect(await go()).toBe(1);
  expect(record().refusals.at(-1)).toMatchObject({ step: "before.tag" });
  git(ready.folder, "tag", "v1");
  expect(await go()).toBe(1);
  expect(commands).toEqual([
    `up --stack staging --commit ${ready.commit}`,
    "verify --stack staging --phase smoke",
    `up --stack prod --commit ${ready.commit}`,
    ...["smoke", "10m", "1h", "24h"].map((phase) => `verify --stack prod --phase ${phase}`),
  ]);
  const { refusals, evidence, released } = record();
  expect(refusals.at(-1)).toMatchObject({
    step: "afterwards.proofs",
    why: ["01", "02", "03", "04"].map((item) =>
      expect.stringMatching(new RegExp(`^POST-${item} .*: unproven$`)),
    ),
  });
  const paths = evidence.map(({ path }: { path: string }) => path);
  for (const like of [
    /release\.yaml$/,
    /sign-offs\/GO-03\./,
    /evidence\/portal\/.*\/PRE-01\./,
    /\/INC-02\./,
  ]) {
    expect(paths).toContainEqual(expect.stringMatching(like));
  }
  expect(released.services.portal.committedAt).toMatch(/^\d{4}-/);
}, 300_000);
