import { describe, expect, it } from "vitest";
import { checklist } from "../../../model/checklist/checklist.ts";
import { rules } from "../../../policies/rules.ts";
import { itemText } from "../../../readiness/explain/item-text.ts";
import { stackReport } from "../../../readiness/report.ts";
import { painter } from "../../../readiness/terminal/layout.ts";
import { commit, finding, stackOf } from "../fixtures.ts";
import { run } from "../project.ts";

const page = { width: 100, paint: painter(false) };
const database = checklist.find(({ id }) => id === "DB-02");
if (!database) throw new Error("DB-02 is gone");

describe("explain", () => {
  it("tells of an item what it demands, why, its rules, its standing and its remedy", async () => {
    const { status, stdout } = await run(["explain", "db-02"]);
    for (const text of [database.statement, database.why, "database-backups-retained", "prod: proven"]) {
      expect(stdout).toContain(text);
    }
    expect(stdout).toContain("Set database.backupRetentionDays in Pulumi.prod.yaml.");
    expect(status).toBe(0);
  });

  it("says of what nobody has proven what would prove it", async () => {
    const { stdout } = await run(["explain", "GO-01"]);
    expect(stdout).toMatch(/^Proof +sign-off\nNow +prod: unproven\nTo mend +\S/m);
  });

  it("tells of an alert what sets it off, whom it tells and where its runbook is, in one piece", async () => {
    const { status, stdout } = await run(["explain", "service-outage"]);
    expect(stdout).toMatch(/^Severity +SEV1, high urgency: somebody answers within 5 min$/m);
    expect(stdout).toMatch(/^Runbook +https:\S+service-outage\.md#service-outage$/m);
    expect(status).toBe(0);
  });

  it.each([
    ["DB-2", 'did you mean "DB-02"?'],
    ["database-backup-retained", 'did you mean "database-backups-retained"?'],
    ["zzz", "npm run check lists the items."],
  ])("refuses %s, which nothing is called", async (name, hint) => {
    const { status, stderr } = await run(["explain", name]);
    expect(stderr).toMatch(/^error: there is no item, rule or alert ".*\n$/);
    expect(stderr).toContain(hint);
    expect(status).toBe(2);
  });

  it("shows what fails of one rule with its place, and nothing of the others", () => {
    const findings = [
      finding("DB-02", "fail", { by: "database-backups-retained" }),
      finding("DB-02", "fail", { by: "another", observed: "is off" }),
    ];
    const report = stackReport(stackOf("prod"), findings, commit, []);
    const rule = rules.find(({ id }) => id === "database-backups-retained");
    const text = itemText(database, rule, report, page);
    expect(text).toContain(
      "✗ database-backups-retained: portal-db: backupRetentionPeriod is 1 day, must be ≥ 7",
    );
    expect(text).toContain("[components/database.ts:41]");
    expect(text).not.toContain("another");
    expect(text).toContain("prod: failing, 0 of 1 findings pass");
  });

  it("writes out no more than a screen of findings", () => {
    const many = Array.from({ length: 30 }, (_, i) => finding("DB-02", "fail", { subject: `db-${i}` }));
    const text = itemText(database, undefined, stackReport(stackOf("prod"), many, commit, []), page);
    expect(text.match(/✗/g)).toHaveLength(12);
    expect(text).toContain("and 18 more");
  });
});
