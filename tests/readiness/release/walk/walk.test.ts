/** A release led through its phases: what stands open is made up, and commands only seem to run. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { journalFile } from "../../../../readiness/rollback/journal.ts";
import { alone } from "../../../../readiness/terminal/lock.ts";
import { thisProcess } from "../../../../readiness/terminal/owner.ts";
import { conditionalReport, finding } from "../../fixtures.ts";
import { git } from "../../proofs/ready-project.ts";
import { House, Killed } from "./house.ts";

let house: House;
beforeEach(() => {
  house = new House();
});
afterEach(() => house.dispose());

const app = "89abcdef0123456789abcdef0123456789abcdef";
const verify = (stack: string, phase: string) =>
  `verify --stack ${stack} --phase ${phase} --commit ${app} ${phase === "smoke" ? "--wait-seconds 300" : "--folder "}`;
const commands = () => [
  `up --stack staging --commit ${house.commit}`,
  verify("staging", "smoke"),
  `up --stack prod --commit ${house.commit}`,
  ...["smoke", "10m", "1h", "24h"].map((phase) => verify("prod", phase)),
];
const record = () => {
  const { release } = house.entries().at(-1) ?? {};
  return JSON.parse(readFileSync(join(house.folder, `releases/prod/${release}/record.json`), "utf8"));
};

describe("a release of production", () => {
  it("goes through its phases, and leaves its record", async () => {
    expect(await house.walk({ run: true })).toBe(0);
    expect(house.done.map((line) => line.replace(/(?<=--folder ).*/, ""))).toEqual(commands());
    expect(house.output).toContain(`2026-03-02-${house.commit.slice(0, 12)}: released at`);
    expect(record()).toMatchObject({
      verdict: "released",
      people: ["priya@example.com"],
      released: { commit: house.commit, services: { portal: { commit: app } } },
      refusals: [],
      rollback: null,
      delivery: { deployments: 1, failurePercent: 0 },
      log: { from: 1, head: house.entries().at(-1)?.digest },
    });
    const within = record().phases.map((p: { phase: string; withinBudget: boolean | null }) => [
      p.phase,
      p.withinBudget,
    ]);
    expect(within).toEqual([
      ["before", true],
      ["staging", true],
      ["rollback", null],
      ["production", true],
      ["afterwards", null],
    ]);
    const text = readFileSync(join(house.folder, `releases/prod/${record().release}/record.md`), "utf8");
    expect(text).toContain("## Production (30 min at most; took 15 min)");
  });

  it("is not begun again once it is released", async () => {
    await house.walk({ run: true });
    const story = house.story();
    expect(await house.walk({ run: true })).toBe(0);
    expect(house.output).toMatch(/is released since 2026-/);
    expect(house.story()).toEqual(story);
  });

  it("is shown without being begun", async () => {
    expect(await house.walk()).toBe(0);
    expect(house.output).toMatch(
      /not begun\n[\s\S]*Next: Staging is deployed\n {2}npm run release -- --stack prod --run\n/,
    );
    expect([house.entries(), house.done]).toEqual([[], []]);
  });

  it.each([
    ["fail", 1, "fail"],
    ["unknown", 3, "unknown"],
  ] as const)("stops where a gate says %s", async (outcome, status, told) => {
    house.report = conditionalReport(finding("PRE-15", outcome, { kind: "evidence" }));
    expect(await house.walk({ run: true })).toBe(status);
    expect(house.done).toEqual(commands().slice(0, 2));
    expect(house.story().at(-1)).toBe(`staging.proofs ${told}`);
    expect(house.output).toContain("PRE-15");
    expect(record()).toMatchObject({ verdict: "at work", refusals: [{ step: "staging.proofs" }] });
    house.report = conditionalReport();
    expect(await house.walk({ run: true })).toBe(0);
    expect(house.done).toHaveLength(commands().length);
  });

  it("says who has to sign, and with which command", async () => {
    house.report = conditionalReport(finding("GO-03", "fail", { kind: "sign-off" }));
    expect(await house.walk({ run: true })).toBe(1);
    expect(house.output).toContain("signs: GO-03 cto (helen)");
    expect(house.output).toContain("npm run signoff -- --stack prod --item GO-03 --person helen --key FILE");
  });

  it("waits for a release that is written and a commit that is tagged", async () => {
    house.write({ rollback: { trigger: "[what]", decides: "priya", does: "tomas" } });
    git(house.folder, "tag", "-d", "v1");
    expect(await house.walk({ run: true })).toBe(1);
    expect(house.output).toContain("still has brackets to fill in: rollback.trigger (line");
    house.write();
    expect(await house.walk({ run: true })).toBe(1);
    expect(house.output).toContain("git tag --annotate release-2026-03-02");
    expect(house.done).toEqual([]);
  });

  it("does again what counted for something else", async () => {
    house.statuses = [0, 1];
    expect(await house.walk({ run: true })).toBe(1);
    const other = "f".repeat(40);
    house.write({ services: { portal: { commit: other, deployment: null, authors: ["a@example.com"] } } });
    expect(await house.walk({ run: true })).toBe(0);
    expect(house.done[2]).toBe(`up --stack staging --commit ${house.commit}`);
    expect(house.done[3]).toContain(`--commit ${other}`);
    expect(house.story()).toContain("changed");
  });
});

describe("production that fails", () => {
  beforeEach(async () => {
    house.statuses = [0, 0, 0, 0, 1];
    expect(await house.walk({ run: true })).toBe(1);
    expect(house.story().at(-1)).toBe("production.watch ended 1");
  });

  it("is not tried again without a reason", async () => {
    expect(await house.walk({ run: true })).toBe(1);
    expect(house.done).toHaveLength(5);
    expect(house.output).toContain("npm run release -- --stack prod --rollback");
    expect(await house.walk({ run: true, again: "a probe was wrong" })).toBe(0);
    expect(house.entries().map(({ fact }) => fact)).toContainEqual(
      expect.objectContaining({ event: "begun", step: "production.watch", again: "a probe was wrong" }),
    );
    expect(record().delivery).toMatchObject({ failurePercent: 100, restoreSeconds: expect.any(Number) });
  });

  it("is rolled back, which closes the release, within its time", async () => {
    house.statuses = [3, 0];
    expect(await house.walk({ rollback: true, others: ["--service", "portal"] })).toBe(3);
    expect(await house.walk({ rollback: true, others: ["--service", "portal"] })).toBe(0);
    expect(house.done.at(-1)).toBe("rollback --stack prod --service portal");
    expect(record()).toMatchObject({
      verdict: "rolled back",
      why: "production.watch had failed.",
      rollback: { status: 0, withinBudget: false },
      delivery: { deployments: 1, failurePercent: 100, restoreSeconds: expect.any(Number) },
    });
    await expect(house.walk({ rollback: true })).rejects.toThrow("no release of prod is at work");
    // The same commit again is another release.
    expect(await house.walk({ run: true })).toBe(0);
    expect(record().release).toMatch(/-2$/);
  });
});

describe("a rollback", () => {
  const journal = (outcome: string, at: string) => {
    const place = { deployment: "dpl_1", commit: app };
    const file = journalFile(house.folder, "prod", "portal");
    const move = { type: "rollback", to: place, decidedAt: at, before: null } as const;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      JSON.stringify({
        ...{ schemaVersion: 1, stack: "prod", service: "portal", project: "p", site: "s", practise: false },
        ...{ from: place, application: move, ended: { at, outcome, why: "It is." } },
      }),
    );
  };

  it.each([
    ["is done where it is late", "late", "2026-03-02T23:00:00Z", "rolled back"],
    ["is not done where it failed", "failed", "2026-03-02T23:00:00Z", "at work"],
    ["is not done by an earlier one", "late", "2026-03-02T08:00:00Z", "at work"],
  ])("%s", async (_, outcome, at, verdict) => {
    house.statuses = [0, 0, 0, 1, 1];
    await house.walk({ run: true });
    journal(outcome, at);
    expect(await house.walk({ rollback: true })).toBe(1);
    expect(record().verdict).toBe(verdict);
  });

  it.each(["--dry-run", "--abandon", "--practise", "--undo", "--stack"])(
    "with %s would be another command",
    async (option) => {
      house.statuses = [0, 0, 0, 1];
      await house.walk({ run: true });
      await expect(house.walk({ rollback: true, others: [option] })).rejects.toThrow(
        `${option} is no part of a release`,
      );
      expect(house.done).toHaveLength(4);
    },
  );
});

describe("two releases at once", () => {
  it.each(["prod", "staging"])("are refused while another process is at %s", async (stack) => {
    await house.walk({ run: true });
    if (stack === "staging") await house.walk({ run: true, stack });
    await alone(join(house.folder, `releases/${stack}/log.jsonl`), `release --stack ${stack}`, async () => {
      await expect(house.walk({ run: true })).rejects.toThrow(/is being changed by release --stack/);
    });
  });

  it("are refused where another commit's is at work, until that is given up", async () => {
    house.statuses = [1];
    await house.walk({ run: true });
    git(house.folder, "commit", "--quiet", "--allow-empty", "--message", "Next");
    const refusal = `and another commit is checked out: git checkout ${house.commit}, or give it up`;
    await expect(house.walk()).rejects.toThrow(refusal);
    await expect(house.walk({ run: true })).rejects.toThrow(refusal);
    expect(await house.walk({ abandon: "superseded" })).toBe(0);
    expect(record()).toMatchObject({ verdict: "abandoned", why: "superseded" });
    house.write({ commit: git(house.folder, "rev-parse", "HEAD") });
    expect(await house.walk({ run: true })).toBe(1);
    expect(house.story().at(-1)).toBe("before.tag fail");
  });

  it("are refused where the command of one that was killed still runs", async () => {
    const { execute } = house.world;
    const running = () => ({ process: thisProcess(), ended: Promise.reject(new Killed()) });
    Object.assign(house.world, { execute: running });
    await expect(house.walk({ run: true })).rejects.toThrow(Killed);
    Object.assign(house.world, { execute });
    await expect(house.walk({ run: true })).rejects.toThrow(
      `staging.deploy of 2026-03-02-${house.commit.slice(0, 12)} is still at work as process ${process.pid}`,
    );
    expect(house.done).toEqual([]);
  });

  it("are none of a project that is not its commit", async () => {
    writeFileSync(join(house.folder, "index.ts"), "// changed\n");
    await expect(house.walk({ run: true })).rejects.toThrow("a release is of a commit, and index.ts differs");
  });
});

describe("staging by itself", () => {
  it("is deployed and looked at, with nobody's signature", async () => {
    expect(await house.walk({ run: true, stack: "staging", yes: true })).toBe(0);
    expect(house.done).toEqual([
      `up --stack staging --commit ${house.commit} --yes`,
      "verify --stack staging --phase smoke --wait-seconds 300",
    ]);
    expect(house.story("staging").at(-1)).toBe("closed: released");
    expect(existsSync(join(house.folder, "releases/prod/log.jsonl"))).toBe(false);
  });
});

// Each command asks the clock three times: moments that are seven apart are before, while and after.
it("a release that is killed at whatever moment goes on where it was", async () => {
  await house.walk({ run: true });
  const undisturbed = house.story();
  for (let lives = 0; ; lives += 7) {
    const other = new House();
    try {
      other.lives = lives;
      const killed = await other.walk({ run: true }).then(
        () => false,
        (error) => error instanceof Killed,
      );
      if (!killed) break;
      other.lives = Number.POSITIVE_INFINITY;
      expect(await other.walk({ run: true })).toBe(0);
      const twice = other.done.filter((line, i) => other.done.indexOf(line) < i);
      expect(twice.length).toBeLessThanOrEqual(1);
      expect(new Set(other.done).size).toBe(7);
      const story = other.story().filter((line, i, all) => all.indexOf(line) === i);
      expect(story).toEqual(undisturbed);
    } finally {
      other.dispose();
    }
  }
}, 300_000);
