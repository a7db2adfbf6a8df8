/** The rules judge what is deployed as they judge what is declared. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Finding, messageOf } from "../../model/finding.ts";
import { evaluate } from "../../policies/evaluate.ts";
import { rules } from "../../policies/rules.ts";
import { assessState } from "../../readiness/assess-state.ts";
import { toStack } from "../../readiness/engine/registration.ts";
import { deployed } from "../../readiness/inputs/deployed-stack.ts";
import { parseState, readState } from "../../readiness/inputs/state-file.ts";
import { fixtureStacks } from "../policies/support/fixture-stacks.ts";
import { undecidable } from "../readiness/exports.ts";
import { makeReady } from "../readiness/proofs/ready-project.ts";
import { bringProject, createTestStack, projectProgram, type TestStack } from "./workspace.ts";

const closed = "which the export does not show";

const sentence = (f: Finding) => `${f.outcome} ${f.by} ${f.urn ?? ""} ${messageOf(f, "prod")}`;

describe.each(["staging", "prod"] as const)("%s, deployed", (name) => {
  let test: TestStack;
  beforeAll(async () => {
    test = await createTestStack(name, projectProgram);
    if (name === "prod") {
      bringProject(test);
      await makeReady(join(test.directory, "project"), new Date());
    }
    await test.stack.up();
  });
  afterAll(() => test?.dispose());

  const expected = { project: "readiness", stack: name };
  const judge = (state: ReturnType<typeof parseState>) => {
    return evaluate(rules, deployed(state, "state", expected))
      .map(sentence)
      .toSorted();
  };

  const declared = evaluate(rules, toStack(name, fixtureStacks[name], []))
    .map(sentence)
    .toSorted();

  it("gives the findings of what is declared, but for what secrets hide, from an export and from its backend", async () => {
    const findings = judge(parseState("export", await test.pulumi("stack", "export")));
    expect(findings).toHaveLength(declared.length);
    const different = findings.filter((f) => !declared.includes(f));
    expect(different.filter((f) => !f.includes(closed))).toEqual([]);
    expect(different.map((f) => f.split(" ")[1])).toEqual(undecidable);
    const checkpoint = join(test.directory, "backend", ".pulumi", "stacks", "readiness", `${name}.json`);
    expect(judge(await readState(checkpoint))).toEqual(findings);
  });

  it("gives the findings of what is declared with its secrets shown", async () => {
    const shown = await test.pulumi("stack", "export", "--show-secrets");
    expect(judge(parseState("export", shown))).toEqual(declared);
  });

  if (name === "prod") {
    it("is refused after a refresh of what was changed at the vendors, each fault by its name", async () => {
      const file = join(test.directory, "state.json");
      const verdict = async () => {
        writeFileSync(file, await test.pulumi("stack", "export", "--show-secrets"));
        return await assessState(join(test.directory, "project"), [file], name, "change");
      };
      expect(await verdict()).toMatchObject({ verdict: "GO" });

      const live = (type: string) => test.clouds.live().filter((r) => r.type === type);
      const change = (type: string, inputs: Record<string, unknown>, count = 1) => {
        for (const r of live(type).slice(0, count)) test.clouds.change(r, inputs);
      };
      change("aws:cloudfront/distribution:Distribution", { webAclId: "" });
      change("aws:rds/instance:Instance", { vpcSecurityGroupIds: ["sg-0f0e1d2c"], kmsKeyId: undefined });
      change("pagerduty:index/service:Service", { escalationPolicy: "PFOREIGN1" }, 3);
      const [cache] = live("aws:elasticache/replicationGroup:ReplicationGroup");
      const groups = [cache?.inputs["securityGroupIds"], "sg-0f0e1d2c"].flat();
      change("aws:elasticache/replicationGroup:ReplicationGroup", { securityGroupIds: groups });
      await test.stack.refresh();

      const judged = await verdict();
      expect(judged.verdict).toBe("NO-GO");
      const open = judged.findings.filter((f) => f.outcome !== "pass");
      const said = open.map((f) => `${f.by} ${f.message.split(/,? (?:must be|\()/)[0]}`);
      expect(said).toEqual(
        expect.arrayContaining([
          "database-clients-private portal-db: vpcSecurityGroupIds names nothing of this stack",
          "database-storage-key-own portal-db: kmsKeyId names nothing of this stack",
          "edge-firewall-attached portal-edge-distribution: webAclId names no web ACL of this stack",
          "deployment-settled portal-cache: securityGroupIds lacks entries that its vendor tells",
        ]),
      );
      expect(open.filter((f) => f.by === "paging-service-escalates")).toHaveLength(3);
    });
  }
});
