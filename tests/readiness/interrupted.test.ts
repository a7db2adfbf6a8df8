/**
 * Every command that writes files, killed before each change that it makes to the file system, and run twice at once:
 * what stands there is whole, old or new, and the next run puts everything right.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { sha256Of } from "../../readiness/proofs/evidence/recompute.ts";
import { makeProject, NODE_COMPILE_CACHE, PATH, project } from "./project.ts";
import { git } from "./proofs/ready-project.ts";
import { OpenSsh } from "./proofs/signing.ts";

interface Row {
  readonly command: string;
  readonly args: readonly string[];
  /** The change that makes what was written seen. */
  readonly handOver: "renameSync" | "linkSync";
  /** Who comes second is refused; without it, both get to their ends. */
  readonly alone?: true;
}

const prod = ["--stack", "prod"];
const rows: readonly Row[] = [
  {
    command: "check",
    args: ["check", ...prod, "--format", "json", "--out", "out/report.json"],
    handOver: "renameSync",
  },
  {
    command: "backtest",
    args: ["backtest", "--trace", "trace.csv", "--format", "json", "--out", "out/report.json"],
    handOver: "renameSync",
  },
  {
    command: "evidence",
    args: "evidence run --service portal --item PRE-04 --sign .keys/helen -- true tsc --noEmit".split(" "),
    handOver: "linkSync",
  },
  {
    command: "signoff",
    args: ["signoff", ...prod, "--item", "INC-04", "--person", "tomas", "--key", ".keys/tomas"],
    handOver: "linkSync",
  },
  {
    command: "release",
    args: ["release", ...prod, "--service", `portal=${"a".repeat(40)}`],
    handOver: "renameSync",
    alone: true,
  },
  {
    command: "waiver",
    args: ["waiver", ...prod, "--sign", "1", "--key", ".keys/helen"],
    handOver: "renameSync",
    alone: true,
  },
];

const hook = pathToFileURL(join(import.meta.dirname, "terminal/stop-at.mjs")).href;
const cli = join(project, "readiness/cli.ts");
const passing = /^\..*\.(tmp|lock)$/;

/** A project in which each of them has something to do; it declares nothing, which takes no time. */
let template: string;
beforeAll(() => {
  template = makeProject("");
  const write = (path: string, text: string) => writeFileSync(join(template, path), text);
  for (const folder of ["out", ".keys"]) mkdirSync(join(template, folder));
  const ssh = new OpenSsh(join(template, ".keys"));
  const signers = ["helen cto", "tomas devops-lead"].map((line) => {
    const [person = "", role = ""] = line.split(" ");
    const key = ssh.publicLine(ssh.makeKey(person));
    return { person, roles: [role], email: `${person}@example.com`, keys: [{ key, from: "2020-01-01" }] };
  });
  write("signers.yaml", stringify({ people: signers, evidence: [] }));
  write(".gitignore", "node_modules\n/out/\n/.keys/\n/releases/\n/evidence/\n.*.lock\n.*.tmp\n");
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const waiver = {
    item: "NET-01",
    resource: "stack",
    stack: "prod",
    reason: "The vendor mends it",
    owner: "tomas",
    approver: "helen",
    compensating: "Watched by hand",
    since: day(-1),
    expires: day(30),
  };
  write("waivers.yaml", stringify({ waivers: [waiver] }));
  write("trace.csv", "time,requests,errors\n0,10,0\n60,10,5\n120,10,0\n");
  write("out/report.json", '{ "old": true }');
  git(template, "init", "--quiet");
  git(template, "add", "--all");
  git(template, "commit", "--quiet", "--message", "All", "--date", "2026-01-02T03:04:05Z");
});

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

function start(folder: string, { args }: Row, stop: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, ["--import", hook, cli, ...args], {
    cwd: folder,
    env: { PATH, NODE_COMPILE_CACHE, STOP_UNDER: folder, ...stop },
    stdio: ["ignore", "ignore", "pipe"],
  });
}

function ended(child: ChildProcess): Promise<Ended> {
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise((done) => child.once("close", (status) => done({ status, stderr })));
}

function copied(): string {
  const folder = mkdtempSync(join(tmpdir(), "interrupted-"));
  cpSync(template, folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}

/** Contents by path, but for what git, npm and OpenSSH have. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const foreign = [".git", "node_modules", ".keys"];
  const tops = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !foreign.includes(name));
  const files = tops.flatMap((top) => {
    if (top.isFile()) return [top];
    const below = readdirSync(join(folder, top.name), { recursive: true, withFileTypes: true });
    return below.filter((entry) => entry.isFile());
  });
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path, "utf8")]));
}

/** Paths of what is neither as it was, nor whole and new, nor only there for a moment. */
function torn(
  now: ReadonlyMap<string, string>,
  old: ReadonlyMap<string, string>,
  made: ReadonlyMap<string, string>,
) {
  const isWhole = (path: string, text: string) => {
    if ([old.get(path), made.get(path)].includes(text)) return true;
    // Named after its content.
    if (/^[0-9a-f]{64}$/.test(basename(path))) return sha256Of(Buffer.from(text)) === basename(path);
    // A name that no other run gives, or a moment in its content.
    if (path.endsWith(".json")) return isJson(text);
    return (
      path.endsWith(".sig") &&
      /^-----BEGIN SSH SIGNATURE-----\n.*\n-----END SSH SIGNATURE-----\n$/s.test(text)
    );
  };
  return [...now]
    .filter(([path, text]) => !passing.test(basename(path)) && !isWhole(path, text))
    .map(([path]) => path);
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

describe.each(rows)("$command", (row) => {
  let undisturbed: Ended;
  let changes: readonly string[];
  let old: ReadonlyMap<string, string>;
  let made: ReadonlyMap<string, string>;
  /** What is not as it should be once all is over. */
  const faults = (folder: string) => {
    const files = filesIn(folder);
    return [...torn(files, old, made), ...[...files.keys()].filter((path) => passing.test(basename(path)))];
  };
  beforeAll(async () => {
    const folder = copied();
    const list = join(mkdtempSync(join(tmpdir(), "changes-")), "list");
    undisturbed = await ended(start(folder, row, { STOP_COUNT: list }));
    changes = readFileSync(list, "utf8").trimEnd().split("\n");
    old = filesIn(template);
    made = filesIn(folder);
  });

  it("writes what it is to write", () => {
    expect(undisturbed).toMatchObject({ status: expect.toBeOneOf([0, 1]) });
    expect(made).not.toEqual(old);
    expect(changes).toContain(row.handOver);
  });

  it("leaves whole files wherever it is killed, and nothing else once it gets to its end", async () => {
    const folder = copied();
    let run: Ended | undefined;
    let kills = 0;
    // Each run comes a change further, in what those before it have left.
    while (run === undefined || run.status === null) {
      kills += 1;
      expect(kills).toBeLessThan(50);
      run = await ended(start(folder, row, { STOP_AT: `${kills}`, STOP_SIGNAL: "SIGKILL" }));
      expect(torn(filesIn(folder), old, made)).toEqual([]);
    }
    expect(run).toEqual(undisturbed);
    expect(kills).toBeGreaterThan(changes.length);
    expect(faults(folder)).toEqual([]);
  }, 600_000);

  it(row.alone ? "refuses who comes second, and says who is at it" : "runs twice at once", async () => {
    const folder = copied();
    const stop = { STOP_AT: `${changes.lastIndexOf(row.handOver) + 1}`, STOP_SIGNAL: "SIGSTOP" };
    const first = start(folder, row, stop);
    const firstEnded = ended(first);
    await new Promise((stopped) =>
      first.stderr?.on("data", (said) => `${said}`.includes("stopped") && stopped(0)),
    );
    const second = await ended(start(folder, row));
    first.kill("SIGCONT");
    expect((await firstEnded).status).toBe(undisturbed.status);
    if (row.alone) {
      const holder = `is being changed by ${row.command}.*, process ${first.pid} on \\S+ since \\d{4}-\\S+Z; `;
      expect(second).toEqual({ status: 2, stderr: expect.stringMatching(new RegExp(holder)) });
    } else expect(second).toEqual(undisturbed);
    expect(faults(folder)).toEqual([]);
  });
});
