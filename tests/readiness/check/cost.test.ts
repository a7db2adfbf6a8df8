/** What the config says of plans and money, held against what is declared and deployed. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ReportedFinding } from "../../../readiness/report.ts";
import { deployedResource, exported } from "../exports.ts";
import { edit, run } from "../project.ts";
import { declaresNothing, reportIn, temporary } from "./support.ts";
import { edited, errorOf, lineOf } from "./wrong-config-support.ts";

const program = `import * as aws from "@pulumi/aws";
import * as pagerduty from "@pulumi/pagerduty";
new pagerduty.BusinessService("customers", { name: "customers", team: "PTEAM01" });
new aws.rds.Instance("db", { instanceClass: "db.t4g.medium", allocatedStorage: 100, storageType: "gp3" });
`;

async function costIn(cwd: string, ...options: readonly string[]): Promise<readonly ReportedFinding[]> {
  const { stacks } = reportIn(await run(["check", "--format", "json", ...options], { cwd }));
  return stacks.flatMap(({ findings }) => findings.filter(({ item }) => item.startsWith("COST-")));
}

describe("check", () => {
  it("says what a plan lacks and what a budget does not cover, each with its subject", async () => {
    const cwd = temporary(program);
    edit(join(cwd, "Pulumi.staging.yaml"), /monthlyUsd: .*\n.*\n/, "monthlyUsd: 50\n");
    expect(await costIn(cwd, "--stack", "staging")).toMatchObject([
      {
        item: "COST-01",
        by: "plans-offer",
        outcome: "fail",
        urn: expect.stringContaining("customers"),
        source: { file: "index.ts", line: 3 },
        message: expect.stringMatching(
          /^customers: it uses a team of a business service, which needs .* business/,
        ),
      },
      {
        item: "COST-02",
        by: "budget-kept",
        outcome: "fail",
        message: expect.stringMatching(/^staging: it costs \$\d+–\d+ a month, must be ≤ \$50 a month/),
      },
    ]);
  });

  it("proves nothing of a program that declares nothing", async () => {
    const found = await costIn(temporary(declaresNothing), "--stack", "staging");
    expect(found.map(({ outcome }) => outcome)).toEqual(["fail", "fail"]);
  });

  it("judges what is deployed by the stack's own config, and by nobody's else", async () => {
    const cwd = temporary(declaresNothing);
    const network = deployedResource("vercel:index/network:Network", "portal-network", {});
    writeFileSync(join(cwd, "state.json"), JSON.stringify(exported([network])));
    const outcomes = async () => (await costIn(cwd, "--state", "state.json")).map(({ outcome }) => outcome);
    expect(await outcomes()).toEqual(["pass", "pass"]);
    edit(join(cwd, "Pulumi.prod.yaml"), "readiness:plans:", "readiness:plants:");
    expect(await outcomes()).toEqual(["not-applicable", "not-applicable"]);
  });
});

it("a key that asks for more than a plan has is told with its line", () => {
  const file = edited(
    ["vercel: enterprise", "vercel: pro"],
    ["pagerdutyAddOns: [aiops]", "pagerdutyAddOns: []"],
    ["  readiness:onCall:\n", "  readiness:onCall:\n    alertGrouping: true\n"],
  );
  expect(errorOf(file).issues.map(({ path, place }) => [path, place])).toEqual([
    ["readiness:network.kind", `Pulumi.prod.yaml:${lineOf("kind: secure-compute", file)}`],
    ["readiness:edge.kind", `Pulumi.prod.yaml:${lineOf("kind: cloudfront", file)}`],
    ["readiness:onCall.alertGrouping", `Pulumi.prod.yaml:${lineOf("alertGrouping: true", file)}`],
  ]);
});
