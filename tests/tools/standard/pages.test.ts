import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lexer, walkTokens } from "marked";
import { describe, expect, it } from "vitest";
import { checklist } from "../../../model/checklist/checklist.ts";
import { frameworks } from "../../../model/checklist/controls/controls.ts";
import { rules } from "../../../policies/rules.ts";
import { standardPages } from "../../../tools/standard/pages.ts";

const folder = join(import.meta.dirname, "../../../docs/standard");
const pages = standardPages();
const whole = [...pages.values()].join("\n");
const headings = [...pages].flatMap(([file, text]) =>
  [...text.matchAll(/^## (.+)$/gm)].map(([, title = ""]) => `${file}#${title.toLowerCase()}`),
);

describe("the standard's pages", () => {
  it("are what npm run policies:docs writes", () => {
    const written = readdirSync(folder).map(
      (file) => [file, readFileSync(join(folder, file), "utf8")] as const,
    );
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(pages));
  });

  it("tell of every item once: why, what proves it, how to mend it", () => {
    for (const { id } of checklist) {
      const blocks = whole.split(/^## /m).filter((block) => block.startsWith(`${id}\n`));
      expect(blocks).toHaveLength(1);
      expect(blocks[0]).toMatch(/\*\*.+\.\*\* .+\.\n- Proof: .+\n- To mend: .+/);
    }
    expect(whole).not.toMatch(/undefined|\[object|\{stack/);
  });

  it("name every rule, at its item", () => {
    for (const { id, item } of rules) {
      const [, block = ""] = whole.split(`## ${item}\n`);
      expect(block.split("\n## ")[0]).toContain(`\`${id}\``);
    }
  });

  it("say how long each proof counts that ages", () => {
    const block = (id: string) => whole.split(`## ${id}\n`)[1]?.split("\n## ")[0];
    expect(block("INC-02")).toContain("; counts 90 days (");
    expect(block("PRE-05")).toContain("; counts 7 days for a release, 24 hours for an update (");
    expect(block("PRE-01")).toContain("; counts as long as its commit (");
    expect(block("INC-04")).toContain("sign-off by the devops-lead, for the stack, for 365 days");
    expect(block("GO-01")).toContain("until its window closes, and for one state of the other proofs");
    expect(block("POST-06")).toContain("it can be given only after the deployment");
  });

  it("stay within 300 lines, and lead to what is there", () => {
    for (const [file, text] of pages) {
      expect(text.split("\n").length).toBeLessThanOrEqual(300);
      const targets: string[] = [];
      walkTokens(lexer(text), (token) => {
        if (token.type === "link") targets.push(token.href);
      });
      const own = targets.filter((target) => !target.startsWith("../"));
      const missing = own.filter((target) => !headings.includes(target) && !pages.has(target));
      expect({ file, missing }).toEqual({ file, missing: [] });
    }
  });

  it("say that a mapping is no audit, and where each standard is from", () => {
    const controls = pages.get("controls.md") ?? "";
    expect(controls).toContain("This mapping is no audit");
    expect(controls.match(/^Here: .+ Source: .{20}/gm)).toHaveLength(frameworks.length);
  });
});

describe.each(frameworks)("$name", ({ controls }) => {
  it("has each line once, in order, with items that are each named once", () => {
    const ids = controls.map(({ id }) => id);
    const natural = new Intl.Collator("en", { numeric: true });
    expect(new Set(ids).size).toBe(ids.length);
    for (const { items } of controls) {
      expect(items.length).toBeGreaterThan(0);
      expect(new Set(items).size).toBe(items.length);
    }
    const pillars = Map.groupBy(ids, (id) => id.split(/[ \d]/)[0]);
    for (const of of pillars.values()) expect(of).toEqual(of.toSorted(natural.compare));
  });
});
