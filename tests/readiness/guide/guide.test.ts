/** The guide of a project of its own, and the shipped pages with its stack. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeProject, project, run } from "../project.ts";

let folder: string;
const page = (name: string) => join(folder, "docs/guide", name);
const write = (name: string, text: string) => writeFileSync(page(name), text);
const read = (name: string) => readFileSync(page(name), "utf8");
const guide = (...args: string[]) => run(["guide", ...args], { cwd: folder });

beforeEach(() => {
  folder = makeProject();
  mkdirSync(join(folder, "docs/guide"), { recursive: true });
  mkdirSync(join(folder, "runbooks"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("guide", () => {
  it("writes a stack's facts, finds them true, and tells where they have been changed", async () => {
    write("a.md", "# A\n\nBack within <!-- facts: rollback-time --><!-- /facts -->.\n");
    expect(await guide("--check")).toMatchObject({ status: 1 });
    expect(read("a.md")).toContain("rollback-time --><!--");
    expect(await guide()).toMatchObject({ status: 0, stdout: "Written: 1 place of the guide.\n" });
    expect(read("a.md")).toContain("-->5 minutes<!--");
    expect(await guide("--check")).toMatchObject({
      status: 0,
      stdout: "The guide says what the stack prod says.\n",
    });
    write("a.md", read("a.md").replace("5 minutes", "50 minutes"));
    const { status, stdout } = await guide("--check");
    expect(status).toBe(1);
    expect(stdout).toContain("docs/guide/a.md:3: rollback-time is not what the stack says");
  });

  it("writes no page where one cannot be, and says of all why", async () => {
    write("a.md", "<!-- facts: product --><!-- /facts -->");
    write("b.md", "<!-- facts: nothing --><!-- /facts -->\n<!-- facts: product -->");
    const { status, stderr } = await guide();
    expect(status).toBe(2);
    expect(stderr).toContain('docs/guide/b.md:1: there are no facts "nothing"');
    expect(stderr).toContain("docs/guide/b.md:2: <!-- facts: … is not closed");
    expect(read("a.md")).toBe("<!-- facts: product --><!-- /facts -->");
  });

  it("says that there is no guide where there is none", async () => {
    rmSync(join(folder, "docs"), { recursive: true });
    const { status, stderr } = await guide();
    expect(status).toBe(2);
    expect(stderr).toContain("docs/guide");
    expect(stderr).not.toContain("    at ");
  });

  it("keeps names from becoming mark-up, in the pages and on the one page", async () => {
    const config = join(folder, "Pulumi.prod.yaml");
    const hostile = "**Ana** | &lt;script&gt;";
    writeFileSync(config, readFileSync(config, "utf8").replace(/name: Priya Raman/, `name: "${hostile}"`));
    write("README.md", "# Guide\n\n<!-- facts: people -->\n<!-- /facts -->\n");
    writeFileSync(join(folder, "runbooks/README.md"), "# Runbooks\n\n<script>alert(1)</script>\n");
    const out = join(folder, "guide.html");
    expect(await guide("--html", out)).toMatchObject({ status: 0 });
    const html = readFileSync(out, "utf8");
    expect(html).not.toMatch(/<(img|script)/);
    expect(html).toContain("<td>**Ana** | &amp;lt;script&amp;gt;</td>");
  });

  it("has all facts that the shipped pages ask for", async () => {
    cpSync(join(project, "docs/guide"), join(folder, "docs/guide"), { recursive: true });
    expect(await guide()).toMatchObject({ status: 0 });
    for (const name of readdirSync(join(folder, "docs/guide"))) expect(read(name)).not.toContain("undefined");
  });
});
