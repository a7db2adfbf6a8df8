import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { handInCommands } from "../../../model/evidence/hand-in.ts";
import { addEvidence } from "../../../readiness/evidence/command.ts";
import { formats } from "../../../readiness/proofs/evidence/formats.ts";

const remedies = Object.entries(handInCommands).flatMap(([item, parts]) =>
  Object.values<string>(parts).map((command) => [item, command] as const),
);

/** Reads a command line, and carries nothing out. */
async function parsed(args: readonly string[]): Promise<number> {
  let carriedOut = 0;
  const program = new Command().exitOverride().configureOutput({ outputError: () => {} });
  addEvidence(program, async () => {
    carriedOut += 1;
  });
  for (const command of program.commands.flatMap((c) => c.commands)) {
    command.exitOverride().configureOutput({ outputError: () => {} });
  }
  await program.parseAsync(["node", "readiness", "evidence", ...args]);
  return carriedOut;
}

describe("evidence on the command line", () => {
  it.each(remedies)("takes what the remedy of %s names: %s", async (item, command) => {
    const start = "npm run evidence -- ";
    expect(command.startsWith(start)).toBe(true);
    const words = command.slice(start.length).replace("$?", "0").split(" ");
    // One look is about several items.
    if (words[0] !== "probe") expect(words).toContain(item);
    const format = words[words.indexOf("--format") + 1] ?? "";
    if (words.includes("--format")) expect([...formats.keys()]).toContain(format);
    expect(await parsed(words)).toBe(1);
  });

  it.each([
    ["a service", ["collect", "--format", "drill", "x"], "required option '--service <name>' not specified"],
    ["a file", ["collect", "--service", "portal"], "missing required argument 'file'"],
    ["a command", ["run", "--service", "portal"], "missing required argument 'command'"],
  ])("misses %s", async (_, args, message) => {
    await expect(parsed(args)).rejects.toThrow(message);
  });

  it("takes one service alone", async () => {
    const args = ["collect", "--service", "a", "--service", "b", "x"];
    await expect(parsed(args)).rejects.toThrow("--service can be given once");
  });
});
