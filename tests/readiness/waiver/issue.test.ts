import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { issueText } from "../../../readiness/waiver/waiver-command.ts";
import { run } from "../project.ts";
import { makeWorld, type World } from "../pulumi/world.ts";

let world: World;
beforeAll(() => {
  world = makeWorld();
});
beforeEach(() => rmSync(join(world.cwd, "gh.log"), { force: true }));
afterAll(() => world.dispose());

const open = JSON.stringify([
  {
    data: {
      repository: {
        list: {
          nodes: [
            { number: 5, body: "<!-- production-readiness: waivers of prod -->", viewerDidAuthor: true },
          ],
        },
      },
    },
  },
]);
const waiver = (...more: readonly string[]) =>
  run(["waiver", "--stack", "prod", ...more], { cwd: world.cwd, env: world.env({}, { FAKE_GH: open }) });
const sent = () => {
  const lines = readFileSync(join(world.cwd, "gh.log"), "utf8").trim().split("\n");
  return JSON.parse(lines.at(-1) ?? "") as { args: string[]; input: object };
};

describe("waiver --issue", () => {
  it("closes the issue where nothing is waived, which takes no signers", async () => {
    const { status, stdout } = await waiver("--issue");
    expect(stdout).toBe("Nothing of prod is waived.\n");
    expect(status).toBe(0);
    expect(sent()).toMatchObject({ input: { state: "closed" } });
  });

  it("tells of a waiver that has ended, in place of what the issue said before", async () => {
    const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: world.cwd });
    writeFileSync(join(world.cwd, "signers.yaml"), "people: []\nevidence: []\n");
    git("init", "-q");
    git("add", "signers.yaml");
    git("-c", "user.name=Ana", "-c", "user.email=ana@example.com", "commit", "-qm", "Signers");
    const entry = {
      item: "NET-01",
      resource: "stack",
      stack: "prod",
      reason: "The vendor mends it",
      owner: "tomas",
      approver: "helen",
      compensating: "Watched by hand",
      since: "2026-01-05",
      expires: "2026-01-31",
    };
    writeFileSync(join(world.cwd, "waivers.yaml"), JSON.stringify({ waivers: [entry] }));

    expect(await waiver("--issue")).toMatchObject({ status: 1 });
    const { args, input } = sent();
    expect(args.slice(1, 4)).toEqual(["-X", "PATCH", "repos/{owner}/{repo}/issues/5"]);
    expect(input).toMatchObject({ body: expect.stringContaining("ended with 2026-01-31") });
  });

  it("is asked for", async () => {
    await waiver();
    expect(existsSync(join(world.cwd, "gh.log"))).toBe(false);
  });
});

it("an issue lists what to look at, and is none where that is nothing", () => {
  expect(issueText([])).toBeUndefined();
  expect(issueText(["One ends in 3 days.", "<b>"])).toMatch(/^- One ends in 3 days\.\n- \\<b\\>\n\n/);
});
