/** A project whose production is proven as a test says, with commands that only seem to run: test equipment. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { exitStatus } from "../../../../readiness/exit-status.ts";
import { releaseFile } from "../../../../readiness/proofs/release-file.ts";
import { parseLine } from "../../../../readiness/release/log/entry.ts";
import { logFile } from "../../../../readiness/release/log/log.ts";
import type { WalkOptions } from "../../../../readiness/release/walk/act.ts";
import { walk } from "../../../../readiness/release/walk/walk.ts";
import type { World } from "../../../../readiness/release/walk/world.ts";
import { thisProcess } from "../../../../readiness/terminal/owner.ts";
import { conditionalReport } from "../../fixtures.ts";
import { makeProject } from "../../project.ts";
import { release } from "../../proofs/house.ts";
import { git } from "../../proofs/ready-project.ts";

/** Somebody pulled the plug. */
export class Killed extends Error {}

export class House {
  readonly folder = makeProject("");
  readonly commit: string;
  /** Command lines that were carried out. */
  readonly done: string[] = [];
  /** Exit status of the next commands; 0 of all others. */
  statuses: number[] = [];
  /** How often the clock may be asked before the process is killed. */
  lives = Number.POSITIVE_INFINITY;
  env: NodeJS.ProcessEnv = {};
  /** What is found of every stack. */
  report = conditionalReport();
  output = "";
  #now = Date.parse("2026-03-02T09:00:00Z");

  constructor() {
    writeFileSync(join(this.folder, ".gitignore"), "/releases/\n/rollbacks/\nnode_modules\n");
    git(this.folder, "init", "--quiet");
    git(this.folder, "config", "user.email", "priya@example.com");
    git(this.folder, "add", "--all");
    git(this.folder, "commit", "--quiet", "--message", "Everything", "--date", "2026-03-01T09:00:00Z");
    this.commit = git(this.folder, "rev-parse", "HEAD");
    this.write();
    git(this.folder, "tag", "v1");
  }

  /** What is released. */
  write(over: object = {}): void {
    const file = join(this.folder, releaseFile("prod"));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, stringify({ ...release, commit: this.commit, ...over }));
  }

  /** Each command takes five minutes, and everything else a second. */
  readonly world: World = {
    assess: async (_, stack, __, purpose) => ({ ...this.report, stack, purpose }),
    clock: () => {
      if (this.lives-- <= 0) throw new Killed();
      this.#now += 1000;
      return new Date(this.#now);
    },
    env: {},
    execute: (args, keep) => {
      this.done.push(args.join(" "));
      this.#now += 300_000;
      if (keep !== undefined) {
        mkdirSync(dirname(keep), { recursive: true });
        writeFileSync(keep, `${args[0]} was well\n`);
      }
      const gone = { ...thisProcess(), pid: 2 ** 22 + 1 };
      return { process: gone, ended: Promise.resolve(this.statuses.shift() ?? exitStatus.go) };
    },
  };

  async walk(over: Partial<WalkOptions> = {}): Promise<number> {
    this.output = "";
    const [write, complain] = [process.stdout.write, process.stderr.write];
    const take = (text: string | Uint8Array) => {
      this.output += text;
      return true;
    };
    [process.stdout.write, process.stderr.write] = [take, take];
    try {
      const options = { stack: "prod", run: false, rollback: false, others: [], yes: false, ...over };
      return await walk({ checkouts: new Map(), ...options }, this.folder, { ...this.world, env: this.env });
    } finally {
      [process.stdout.write, process.stderr.write] = [write, complain];
    }
  }

  entries(stack = "prod") {
    const file = join(this.folder, logFile(stack));
    if (!existsSync(file)) return [];
    return readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => {
        const entry = parseLine(line);
        if (typeof entry === "string") throw new Error(entry);
        return entry;
      });
  }

  /** The log in short. */
  story(stack = "prod"): readonly string[] {
    return this.entries(stack).map(({ fact }) => {
      if (fact.event === "judged") return `${fact.step} ${fact.outcome}`;
      if (fact.event === "ended") return `${fact.step} ended ${fact.status}`;
      if (fact.event === "closed") return `closed: ${fact.outcome}`;
      return "step" in fact ? `${fact.step} ${fact.event}` : fact.event;
    });
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }
}
