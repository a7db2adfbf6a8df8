/** A rule fails, and a waiver that its approver signed and somebody committed covers it. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { loadStack } from "../../../readiness/inputs/stack-file.ts";
import { type Waiver, waiverBytes, waiverNamespace } from "../../../readiness/proofs/waivers/waiver.ts";
import { project, run } from "../project.ts";
import { git } from "../proofs/ready-project.ts";
import { testKey } from "../proofs/signing.ts";
import { reportIn, temporary } from "./support.ts";

/** Everything, and a key that is never rotated, through a provider that takes its account from whoever deploys. */
const program = `import * as aws from "@pulumi/aws";
import ${JSON.stringify(join(project, "index.ts"))};
new aws.kms.Key("forgotten", {});
`;
const asked = ["check", "--stack", "prod", "--for", "change"];

it("is CONDITIONAL, which is no GO unless asked to be", async () => {
  const cwd = temporary(program);
  const before = reportIn(await run([...asked, "--format", "json"], { cwd }));
  const failed = before.stacks[0]?.findings.filter((f) => f.outcome === "fail") ?? [];
  const nameOf = ({ urn }: { urn: string | null }) => urn?.split("::").at(-1) ?? "";
  expect([...new Set(failed.map(nameOf))].toSorted()).toEqual([
    expect.stringMatching(/^default_/),
    "forgotten",
  ]);

  const key = testKey();
  const [owner, approver] = (["on-call-engineer", "cto"] as const).map((role) =>
    loadStack(cwd, "prod").spec.people.find((p) => p.roles.includes(role)),
  );
  if (!owner || !approver) throw new Error("the fixture lacks a role");
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const signed = failed.map((f): Waiver => {
    const waiver = {
      rule: f.by,
      resource: nameOf(f),
      stack: "prod",
      reason: "It goes with the next release.",
      owner: owner.id,
      approver: approver.id,
      compensating: "Nothing uses it.",
      since: day(-1),
      expires: day(30),
    };
    return { ...waiver, signature: key.sign(waiverBytes(waiver), waiverNamespace) };
  });
  const { id: person, roles, email } = approver;
  const people = [{ person, roles, email, keys: [{ key: key.line, from: day(-2) }] }];
  writeFileSync(join(cwd, "signers.yaml"), stringify({ people, evidence: [] }));
  writeFileSync(join(cwd, "waivers.yaml"), stringify({ waivers: signed }));
  git(cwd, "init", "--quiet");
  git(cwd, "add", "signers.yaml", "waivers.yaml", "Pulumi.prod.yaml");
  git(cwd, "commit", "--quiet", "--message", "Waive what goes away");

  const { status, stdout } = await run(asked, { cwd });
  expect(stdout).toContain(`waived until ${day(30)}, approved by ${person}, owned by ${owner.id}: It goes`);
  expect(stdout).toMatch(
    /\nCONDITIONAL {2}prod, [\s\S]*\nprod: CONDITIONAL, \d+ waived of \d+ required items\n$/,
  );
  expect(status).toBe(1);
  expect((await run([...asked, "--conditional"], { cwd })).status).toBe(0);
  const other = await run([...asked, "--conditional", "--stack", "staging"], { cwd });
  expect(other.stdout).toMatch(/\nstaging: NO-GO, /);
  expect(other.status).toBe(1);
});
