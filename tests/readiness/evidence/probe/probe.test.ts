import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ProbeOptions } from "../../../../readiness/evidence/options.ts";
import { reachOf } from "../../../../readiness/evidence/probe/reach.ts";
import { probe } from "../../../../readiness/evidence/probe.ts";
import { evidenceFindings } from "../../../../readiness/proofs/evidence/findings.ts";
import type { EvidenceSpec } from "../../../../readiness/proofs/evidence/frame.ts";
import { makeProject, run } from "../../project.ts";
import { release, spec } from "../../proofs/house.ts";
import { Authority, type Certificate } from "./authority.ts";
import { answer, host, type Site, serve } from "./site.ts";

const staging = `staging.${host}`;
let authority: Authority;
let certificate: Certificate;
let folder: string;
let commit: string;

const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=Amara", "-c", "user.email=amara@example.com", ...args], {
    cwd: folder,
    encoding: "utf8",
  }).trim();

beforeAll(() => {
  authority = new Authority();
  certificate = authority.issue([host, staging]);
  folder = makeProject("");
  git("init", "-q");
  git("add", "package.json");
  git("commit", "-q", "-m", "first");
  commit = git("rev-parse", "HEAD");
});
afterAll(() => authority.remove());

function options(over: Partial<ProbeOptions> = {}): ProbeOptions {
  return {
    service: "portal",
    commit,
    environment: "prod",
    deployment: "dpl_1",
    url: `https://${host}`,
    ...over,
  };
}

/** Probes a site, and says what was printed. */
async function probed(site: Partial<Site>, over: Partial<ProbeOptions> = {}) {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    const status = await serve({ certificate, ...site }, (reach) =>
      probe(
        options(over),
        folder,
        () => new Date(),
        async () => ({ ...reach, ca: authority.root }),
      ),
    );
    return { status, stdout: lines.join("") };
  } finally {
    write.mockRestore();
  }
}

/** What the gate says of a folder of evidence. */
async function judged(out: string, of: EvidenceSpec = spec) {
  const portal = { commit, deployment: "dpl_1", authors: ["amara@example.com"] };
  const findings = await evidenceFindings({
    stack: of.stack,
    spec: of,
    release: { ...release, stack: of.stack, services: { ...release.services, portal } },
    directory: join(folder, out),
    signers: { people: [], evidence: [] },
    acceptUnsigned: true,
    now: new Date(),
    occasion: "release",
  });
  return findings.map(({ item, kind, outcome, observed }) => ({ item, kind, outcome, observed }));
}

const unsigned = "it is not signed, which readiness:evidence accepts";

describe("a look at a site", () => {
  it("proves both items, from one raw record", async () => {
    const { status, stdout } = await probed({}, { out: "good" });
    expect(stdout).toMatch(/PRE-10\.transport\..*\n.*PRE-10 look at HTTPS: site-probe/);
    expect(stdout).toMatch(/PRE-11\.headers\..*\n.*PRE-11 look at the security headers: site-probe/);
    expect(status).toBe(0);
    const raws = globSync(`good/portal/${commit}/raw/*`, { cwd: folder });
    expect(raws).toHaveLength(1);
    const record = JSON.parse(readFileSync(join(folder, raws[0] ?? ""), "utf8"));
    expect(record.pages.map(({ path }: { path: string }) => path).sort()).toEqual([
      "/",
      "/admin",
      "/login",
      "/portal",
    ]);
    expect(await judged("good")).toEqual([
      { item: "PRE-10", kind: "probe", outcome: "pass", observed: unsigned },
      { item: "PRE-11", kind: "probe", outcome: "pass", observed: unsigned },
    ]);
  });

  it("that finds fault is handed in all the same, and counts", async () => {
    const { status, stdout } = await probed({ secure: answer({}), plain: answer() }, { out: "bad" });
    expect(status).toBe(1);
    expect(stdout).toContain("over plain HTTP answers 200, must be a redirect to HTTPS on the same host");
    const [transport, headers] = await judged("bad");
    expect(transport).toMatchObject({
      outcome: "fail",
      observed: expect.stringMatching(/over plain HTTP answers 200$/),
    });
    expect(headers).toMatchObject({
      outcome: "fail",
      observed: expect.stringMatching(/is graded F \(10\): no Cont/),
    });
  });
});

it("a look at staging is held against staging's own host, where the stack is staging", async () => {
  const over = { out: "staging", environment: "staging", deployment: "dpl_0", url: `https://${staging}` };
  const { status } = await probed({}, over);
  expect(status).toBe(0);
  expect(await judged("staging")).toMatchObject([{ outcome: "pass" }, { outcome: "pass" }]);
  const own = { ...spec, stack: "staging", tier: "staging", domain: "staging.example.com" } as const;
  for (const { observed } of await judged("staging", own)) expect(observed).toBe(`it is of ${staging}`);
});

describe("no look is taken", () => {
  it.each([
    [
      "of another host",
      { url: "https://www.example.com" },
      "--url https://www.example.com: must be https://portal.example.com, where prod is",
    ],
    ["over plain HTTP", { url: `http://${host}` }, /^--url http:.*: must be https:/],
    ["of another port", { url: `https://${host}:8443` }, /must be https:..portal\.example\.com, where/],
    ["of a page alone", { url: `https://${host}/login` }, /must be https:..portal\.example\.com, where/],
    ["of what is no address", { url: "portal" }, /^--url portal: must be/],
    ["of CI", { environment: "ci" }, /^--environment ci: must be staging or prod/],
    [
      "for a service without pages",
      { service: "platform" },
      /^--service platform: must have pages, as portal/,
    ],
    ["for a short commit", { commit: "0123456" }, /^--commit 0123456: must be the full id of a commit$/],
    [
      "for a commit that nobody has",
      { commit: "1".repeat(40) },
      /does not have it, must be one that has \(--source FOLDER\)$/,
    ],
  ] as readonly [string, Partial<ProbeOptions>, string | RegExp][])("%s", async (_, over, message) => {
    const never = async () => {
      throw new Error("it was asked");
    };
    const failed = await probe(options(over), folder, () => new Date(), never).catch((error) => error);
    expect(failed.name).toBe("UsageError");
    expect(failed.message).toMatch(message);
    expect(failed.message).not.toContain("\n");
  });

  it("of what is deployed under no name", async () => {
    const { deployment: _, ...rest } = options();
    await expect(probe(rest, folder)).rejects.toThrow(/^--deployment is missing, must be what runs there/);
  });

  it("of a name that leads nowhere", async () => {
    await expect(reachOf("portal.invalid")).rejects.toThrow(
      /^--url https:..portal\.invalid: the name has no address/,
    );
  });

  it("of a stack that is none", async () => {
    const { status, stderr } = await run(
      [
        "evidence",
        "probe",
        "--service",
        "portal",
        "--commit",
        commit,
        "--deployment",
        "dpl_1",
        "--environment",
        "prod",
        "--stack",
        "live",
        "--url",
        `https://${host}`,
      ],
      { cwd: folder },
    );
    expect(stderr).toMatch(/live/);
    expect(status).toBe(2);
  });
});
