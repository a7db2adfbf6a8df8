import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { harmless, withoutCredentials } from "../../../model/harmless.ts";
import { guard } from "../../../readiness/terminal/guard.ts";
import { jsonText } from "../../../readiness/terminal/json-text.ts";
import { clean } from "../../../readiness/terminal/layout.ts";
import { temporary } from "../check/support.ts";
import { makeProject, run } from "../project.ts";

/** What no input may bring to a terminal. */
const acting = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;
const evil = "a\u001b[2Jb\u009b31mc\u0007d\u202ee\u2066f\rg\u001b]0;title\u0007h\u007f";

/** What a stream writes that is guarded. */
function written(...chunks: readonly (string | Uint8Array)[]): string {
  const passed: string[] = [];
  const stream = { write: (text: string) => passed.push(text) > 0 } as unknown as NodeJS.WriteStream;
  guard(stream);
  for (const chunk of chunks) stream.write(chunk);
  return passed.join("");
}

describe("a guarded stream", () => {
  it("lets no text act on a terminal", () => {
    expect(written(evil)).not.toMatch(acting);
    expect(written(Buffer.from(evil))).not.toMatch(acting);
  });

  it("keeps the tool's own styles, and no other sequence", () => {
    expect(written("\u001b[1mGO\u001b[22m")).toBe("\u001b[1mGO\u001b[22m");
    expect(written("\u001b[8mhidden")).toBe("\ufffd[8mhidden");
  });

  it("lets readline and the progress line move the cursor, by themselves alone", () => {
    for (const moved of ["\u001b[1G", "\u001b[0J", "\r\u001b[K"]) expect(written(moved)).toBe(moved);
    expect(written("\r\u001b[KGO")).not.toMatch(acting);
    expect(written("\u001b[2J")).not.toMatch(acting);
  });

  it("leaves what people write", () => {
    const text = "Siân · 渡辺 · 👩‍👩‍👧 · مرحبا\n\ttab\n";
    expect(written(text)).toBe(text);
  });
});

describe("addresses", () => {
  it.each([
    ["https://ana:hunter2@example.com/x", "https://example.com/x"],
    ["postgres://u:p@ss@db.example.com/x?y=a@b", "postgres://db.example.com/x?y=a@b"],
    ["at https://token@example.com, again", "at https://example.com, again"],
    ["https://example.com/@team", "https://example.com/@team"],
  ])("%s", (address, shown) => {
    expect(withoutCredentials(address)).toBe(shown);
    expect(harmless(address)).toBe(shown);
    expect(clean(address)).toBe(shown);
    expect(JSON.parse(jsonText({ address })).address).toBe(shown);
  });
});

it("JSON is the same data, in letters that no terminal acts on", () => {
  expect(JSON.parse(jsonText({ evil }))).toEqual({ evil });
  expect(jsonText({ evil })).not.toMatch(acting);
});

describe("the command line", () => {
  it("shows nothing that an option, a file's name or a file holds", { timeout: 60_000 }, async () => {
    const cwd = makeProject();
    const program = temporary(`throw new Error(${JSON.stringify(evil)});`);
    writeFileSync(join(cwd, "Pulumi.evil.yaml"), `config:\n  readiness:product: ${JSON.stringify(evil)}\n`);
    writeFileSync(join(cwd, "evil\u001b[2J.json"), "{");
    const runs = [
      run(["check", "--stack", evil], { cwd }),
      run(["check", "--stack", "evil"], { cwd }),
      run(["check", "--stack", "evil", "--format", "json"], { cwd }),
      run(["check", "--state", "evil\u001b[2J.json"], { cwd }),
      run(["check", `--${evil}`], { cwd }),
      run(["check", "--stack", "prod"], { cwd: program }),
      run(["verify", "--stack", "prod", "--url", `https//ana:hunter2@x${evil}`], { cwd }),
    ];
    for (const { stdout, stderr } of await Promise.all(runs)) {
      expect(stdout + stderr).not.toBe("");
      expect(stdout + stderr).not.toMatch(acting);
    }
  });
});
