/** The questions on a terminal, answered by keys; what stands there comes to the screen as it is. */
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { project } from "../project.ts";

type Step = readonly [shown: string, typed: string];
interface Session {
  readonly status: number;
  readonly screen: string;
  readonly left: readonly Step[];
}

const [enter, down, space, ctrlC, ctrlD, anew] = ["\r", "\u001b[B", " ", "\u0003", "\u0004", "\u0015"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "readiness-terminal-"));
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  write("package.json", JSON.stringify({ name: "ledger", dependencies: { next: "16.0.0", pg: "8.0.0" } }));
  for (const page of ["", "sign-in/", "dashboard/", "admin/"]) write(`app/${page}page.tsx`, "");
  for (const route of ["entries", "entries/[id]", "drafts", "totals", "find"])
    write(`app/api/${route}/route.ts`, "");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @param size lines and columns of the terminal */
async function session(
  steps: readonly Step[],
  flags: readonly string[] = [],
  size = [24, 80],
): Promise<Session> {
  const command = [process.execPath, join(project, "readiness/cli.mjs"), "init", ...flags];
  const child = spawn("python3", [join(project, "tests/support/terminal.py")], {
    cwd: folder,
    // Ends what waits for words that never come.
    timeout: 100_000,
    env: { ...process.env, TERM: "xterm", NO_COLOR: size[1] === 40 ? "1" : "" },
  });
  child.stdin.end(JSON.stringify({ command, size, steps }));
  return JSON.parse(await text(child.stdout));
}

const shown = ({ screen }: Session) => stripVTControlCharacters(screen);

const person = (name: string, digit: number, roles: string) =>
  `${name} <${name.toLowerCase().replace(" ", ".")}@example.org> +1 202555010${digit} ${roles}${enter}`;
/** A question that waits for its answer; one that has it stands there with another sign. */
const question = (words: string, typed: string): Step => [`◆  ${words}`, typed];
const another = (typed: string) => question("Another one", typed);
const domain: readonly Step[] = [
  question("Which team owns it", `bookkeeping${enter}`),
  question("Under which domain", `LEDGER${enter}`),
  ["must be a domain name", `${anew}ledger.example.org${enter}`],
];
const accounts: readonly Step[] = [
  question("Which GitHub repository is this", `acme/ledger${enter}`),
  question("In which AWS region", enter),
  question("Which AWS account is staging's", `12${enter}`),
  ["12 digits", `${anew}888899990000${enter}`],
  question("Which AWS account is production's", `777788889999${enter}`),
  question("Which Vercel team", `team_Acme0Ledger${enter}`),
  question("And its name in addresses", `acme${enter}`),
  question("Which plan has the team at Vercel", down + enter),
  question("And at PagerDuty", down + enter),
  question("Where is the database", enter),
];
const addresses: readonly Step[] = [question("Which addresses", `198.51.100.7${enter}`), another(enter)];
const people: readonly Step[] = [
  question("Where are the domain's records", enter),
  question("Where does the team hear", down + down + enter),
  question("Why has it no chat", `four people in one room${enter}`),
  question("Who is told", enter),
  ["must be such as", person("Wren Hale", 1, "on-call-engineer,tech-lead")],
  another(person("Odile Roy", 2, "on-call-engineer,devops-lead")),
  another(person("Ravi Shah", 3, "cto,product-lead")),
  another(enter),
];
const review = (typed: string) => question("Is all of this right", typed);

describe("init on a terminal", () => {
  it("asks, asks again, lets be put right what is not, says what it costs, and writes when it is told to", async () => {
    const done = await session([
      ...domain,
      ...accounts,
      ...addresses,
      ...people,
      // The first of them: the product.
      review(space + enter),
      question("What is the product called", `s${enter}`),
      review(enter),
      question("Write ", enter),
    ]);
    expect(done.left).toEqual([]);
    expect(done.status).toBe(0);
    expect(done.screen).not.toContain("\ufffd");
    expect(shown(done)).toMatch(/prod costs .* a month/);
    expect(shown(done)).toContain("By hand, once:");
    expect(readFileSync(join(folder, "Pulumi.staging.yaml"), "utf8")).toContain(
      "readiness:product: ledgers\n",
    );
  });

  it("explains what the plans refuse, and goes on from there", async () => {
    const steps = [...domain, ...accounts, ...people, review(enter), review(ctrlC)];
    const done = await session(steps, ["--network", "secure-compute"]);
    expect(done).toMatchObject({ status: 2, left: [] });
    expect(shown(done).replaceAll(/\s+/g, " ")).toContain(
      "needs Vercel's plan enterprise, and the team has pro",
    );
    expect(shown(done)).toContain("the nearest without it");
    expect(readdirSync(folder).toSorted()).toEqual(["app", "package.json"]);
  });

  it("asks which app is meant where there are several, and finds what that one has", async () => {
    for (const name of ["docs", "web"]) {
      mkdirSync(join(folder, "apps", name), { recursive: true });
      const dependencies = name === "docs" ? { astro: "5.0.0" } : { next: "16.0.0" };
      writeFileSync(join(folder, "apps", name, "package.json"), JSON.stringify({ name, dependencies }));
    }
    writeFileSync(join(folder, "package.json"), '{"name":"acme"}');
    const done = await session([
      question("In which folder", down + enter),
      question("What is the product", ctrlC),
    ]);
    expect(done).toMatchObject({ status: 2, left: [] });
    expect(shown(done)).toContain("Found  apps/web: nextjs");
  });

  it.each([
    ["Ctrl-C", ctrlC],
    ["Ctrl-D", ctrlD],
  ])("ends at %s, and nothing is written", async (_, key) => {
    const done = await session([...domain, question("Which GitHub repository is this", key)]);
    expect(done).toMatchObject({ status: 2, left: [] });
    expect(shown(done)).toMatch(/error: given up: nothing was written\r\n$/);
    expect(existsSync(join(folder, "Pulumi.yaml"))).toBe(false);
  });

  it("fits a terminal of forty columns, and keeps colours to itself where they are not wanted", async () => {
    const steps = [
      ...domain,
      question("Which GitHub", `acme/ledger${enter}`),
      question("In which AWS", ctrlC),
    ];
    const narrow = await session(steps, [], [24, 40]);
    expect(narrow).toMatchObject({ status: 2, left: [] });
    const asked =
      shown(narrow)
        .split("write=/api/drafts")[1]
        ?.split(/\r\n?|\n/) ?? [];
    expect(asked.filter((line) => line.length > 40 && !line.includes("█"))).toEqual([]);
    expect(narrow.screen).not.toContain("\u001b[36m");
  });

  it("asks nothing where a project is already, and does not touch it", async () => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: theirs\n");
    const done = await session([["◆", enter]]);
    expect(done.status).toBe(2);
    expect(shown(done)).toMatch(/^error: Pulumi\.yaml is there already/);
  });
});
