import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { anchorRef, fetchAnchor, shareAnchor } from "../../../../readiness/release/log/anchor.ts";
import { Log, logFile, readLog } from "../../../../readiness/release/log/log.ts";
import { git } from "../../proofs/ready-project.ts";
import { begun, ended, judged, opened, release } from "./entries.ts";

let folder: string;
const author = { stack: "prod", by: "priya@example.com", clock: () => new Date("2026-03-02T09:00:00Z") };
const path = () => join(folder, logFile("prod"));
const text = () => readFileSync(path(), "utf8");

function repository(): string {
  const made = mkdtempSync(join(realpathSync(tmpdir()), "log-"));
  git(made, "init", "--quiet");
  writeFileSync(join(made, ".gitignore"), "/releases/\n");
  return made;
}

beforeEach(async () => {
  folder = repository();
  const log = await Log.open(folder, author);
  for (const fact of [opened, judged("before.rules"), begun("staging.deploy")]) await log.add(release, fact);
  return () => rmSync(folder, { recursive: true });
});

describe("a log on disk", () => {
  it("is read as it was written, and goes on", async () => {
    const log = await Log.open(folder, author);
    await log.add(release, ended("staging.deploy"));
    const { entries } = await readLog(folder, "prod");
    expect(entries.map(({ fact }) => fact.event)).toEqual(["opened", "judged", "begun", "ended"]);
    expect(git(folder, "show", `${anchorRef("prod")}:log.jsonl`)).toBe(text().trimEnd());
  });

  it("that a killed process left with half a line is mended, and keeps the half", async () => {
    const whole = text();
    const half = '{"after":"sha256:0';
    appendFileSync(path(), half);
    const log = await Log.open(folder, author);
    expect(log.entries.at(-1)?.fact).toEqual({ event: "mended", found: half });
    expect(text().startsWith(whole)).toBe(true);
    expect((await readLog(folder, "prod")).entries).toEqual(log.entries);
  });

  it("whose last line has lost its end alone gets it back", async () => {
    const whole = text();
    git(folder, "update-ref", "-d", anchorRef("prod"));
    truncateSync(path(), whole.length - 1);
    await Log.open(folder, author);
    expect(text()).toBe(whole);
  });

  it.each<[string, () => void, RegExp]>([
    [
      "was cut",
      () => truncateSync(path(), text().indexOf("\n") + 1),
      /entries 2 to 3 are missing at its end/,
    ],
    ["is gone", () => rmSync(path()), /entries 1 to 3 are missing at its end/],
    [
      "was altered",
      () => writeFileSync(path(), text().replace('"pass"', '"fail"')),
      /line 2 was altered: its digest is another/,
    ],
  ])("that %s counts no more, and git brings it back", async (_, spoil, problem) => {
    const whole = text();
    spoil();
    const error: Error = await Log.open(folder, author).then(
      () => new Error("opened"),
      (reason) => reason,
    );
    expect(error.message).toMatch(problem);
    const [, command = ""] = /comes back with: git (.*)$/.exec(error.message) ?? [];
    const [show = "", target = ""] = command.split(" > ");
    writeFileSync(join(folder, target), `${git(folder, ...show.split(" "))}\n`);
    expect(text()).toBe(whole);
    await Log.open(folder, author);
  });

  it("that was noted while it was being noted elsewhere is refused", async () => {
    const [one, two] = [await Log.open(folder, author), await Log.open(folder, author)];
    await one.add(release, ended("staging.deploy"));
    await expect(two.add(release, ended("staging.deploy", 1))).rejects.toThrow("git fast-import");
    await expect(readLog(folder, "prod")).rejects.toThrow("line 5 is entry 4, must be entry 5");
  });
});

describe("two machines", () => {
  it("of which one has been faster: the other's entries are not taken", async () => {
    const [shared, other] = [mkdtempSync(join(tmpdir(), "shared-")), repository()];
    git(shared, "init", "--quiet", "--bare");
    for (const machine of [folder, other]) git(machine, "remote", "add", "origin", shared);
    await shareAnchor(folder, "prod", "origin");
    const log = await Log.open(other, author);
    await log.add(release, judged("before.rules"));
    await expect(shareAnchor(other, "prod", "origin")).rejects.toThrow(/git push/);
    await expect(fetchAnchor(other, "prod", "origin")).rejects.toThrow(/git fetch/);
  });
});
