/**
 * A project whose production is ready: evidence collected from what tools really wrote, a release, and everybody's
 * sign-off, all by the commands that users run. Of the tools' outputs only times and addresses are changed, to those of
 * the project.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { signOffItems, signOffs } from "../../../model/checklist/sign-offs.ts";
import { loadStack } from "../../../readiness/inputs/stack-file.ts";
import { releaseFile } from "../../../readiness/proofs/release-file.ts";
import { release } from "../../../readiness/release/release.ts";
import { signOff } from "../../../readiness/signoff/signoff.ts";
import { type Handover, handInAll } from "./ready-evidence.ts";
import { OpenSsh } from "./signing.ts";
import { silently } from "./silently.ts";

export interface ReadyProject {
  readonly folder: string;
  /** Working copy of the only service's repository. */
  readonly app: string;
  readonly commit: string;
  readonly ssh: OpenSsh;
  /** By person, and `ci`: path of the private key. */
  readonly keys: ReadonlyMap<string, string>;
  /** Has somebody sign an item, at a moment. */
  readonly sign: (item: (typeof signOffItems)[number], at: Date) => Promise<void>;
}

export const stack = "prod";

/** Somebody who signs nothing wrote what is released. */
const author = ["-c", "user.email=author@example.com", "-c", "user.name=Author"];

export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", [...author, ...args], { cwd: folder, encoding: "utf8" }).trim();
}

/** What is released, and what proves it; otherwise an app of a few empty files, proven by the fixtures. */
export interface Released {
  /** Working copy of its repository. */
  readonly app: string;
  /** Path of the private key of its CI. */
  readonly key: string;
  readonly handIn: (handover: Handover) => Promise<void>;
}

/**
 * Makes a project ready.
 * @param folder with `Pulumi.yaml` and the stack file of `prod`; it becomes a repository
 * @param now when all of it takes place
 */
export async function makeReady(folder: string, now: Date, released?: Released): Promise<ReadyProject> {
  const ssh = new OpenSsh(madeIn(folder, ".keys"));
  const { spec } = loadStack(folder, stack);
  const signatories = spec.people.filter(({ roles }) => !roles.includes("on-call-engineer"));
  const keys = new Map([...signatories.map(({ id }) => id), "ci"].map((name) => [name, ssh.makeKey(name)]));
  if (released) keys.set("ci", released.key);
  const line = (name: string) => ssh.publicLine(keys.get(name) ?? "");
  const people = signatories.map(
    ({ id, roles, email }) =>
      `  - { person: ${id}, roles: [${roles}], email: ${email}, keys: [{ key: "${line(id)}", from: 2020-01-01 }] }`,
  );
  const services = [...spec.services.map(({ name }) => name), "platform"];
  const evidence = services.map((name) => `  - { service: ${name}, key: "${line("ci")}", from: 2020-01-01 }`);
  writeFileSync(
    join(folder, "signers.yaml"),
    ["people:", ...people, "evidence:", ...evidence, ""].join("\n"),
  );
  writeFileSync(
    join(folder, ".gitignore"),
    "/evidence/\n/releases/\n/rollbacks/\n/app/\n/.keys/\nnode_modules\n",
  );
  const commit = committed(folder);

  const app = released?.app ?? madeApp(folder);
  const appCommit = git(app, "rev-parse", "HEAD");
  const handover = { folder, app, spec, key: keys.get("ci") ?? "", now };
  await (released?.handIn ?? handInAll)(handover);

  const [service] = spec.services;
  if (!service) throw new Error("the fixture has no service");
  const named = [`${service.name}=${appCommit}@dpl_1`];
  const checkout = [`${service.name}=${app}`];
  await silently(() => release({ stack, service: named, checkout, deployed: [] }, folder));
  fillIn(join(folder, releaseFile(stack)), spec.people, now);

  const holders = new Map(signatories.flatMap(({ id, roles }) => roles.map((role) => [role, id] as const)));
  const sign: ReadyProject["sign"] = async (item, at) => {
    const person = holders.get(signOffs[item].role) ?? "";
    const options = { stack, item, person, key: keys.get(person) ?? "", decision: "go" } as const;
    await silently(() => signOff(options, folder, at));
  };
  for (const item of signOffItems.filter((id) => !id.startsWith("POST-"))) await sign(item, now);
  return { folder, app, commit, ssh, keys, sign };
}

function madeApp(folder: string): string {
  const app = madeIn(folder, "app");
  const sources = {
    "src/cart.js": "",
    "src/unused.js": "",
    "package.json": packageJson,
    ".gitignore": "out/\n",
    "db/1.sql": "",
  };
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(join(app, path, ".."), { recursive: true });
    writeFileSync(join(app, path), text);
  }
  committed(app);
  return app;
}

const packageJson = JSON.stringify({ name: "app", scripts: { build: "true", "migrate:down": "true" } });

function madeIn(folder: string, name: string): string {
  const made = join(folder, name);
  mkdirSync(made, { recursive: true });
  return made;
}

/** Dated before any file of a test is written: what was there before the commit is refused as stale. */
function committed(folder: string): string {
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "Ready", "--date", "2026-01-02T03:04:05Z");
  return git(folder, "rev-parse", "HEAD");
}

/** What people write into a release. */
function fillIn(file: string, people: readonly { readonly id: string }[], now: Date): void {
  const document = parseDocument(readFileSync(file, "utf8"));
  const [id] = people.map((p) => p.id);
  const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString();
  const announced = { by: id, to: "#releases", says: "what changes" };
  document.set("window", { opens: at(-1), closes: at(12), present: [id] });
  document.set("rollback", { trigger: "error rate above 1 % for 5 minutes", decides: id, does: id });
  document.set("communication", { before: announced, during: announced, after: announced });
  writeFileSync(file, document.toString());
}
