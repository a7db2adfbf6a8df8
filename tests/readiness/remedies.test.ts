/** From NO-GO to GO with what the report says: every command that a remedy of production names exists and takes it. */
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { checklist } from "../../model/checklist/checklist.ts";
import { remedyOf } from "../../model/finding.ts";
import { addEvidence } from "../../readiness/evidence/command.ts";
import { addRelease } from "../../readiness/release/command.ts";
import { addRestoreDrill } from "../../readiness/restore-drill/command.ts";
import { addRollback } from "../../readiness/rollback/command.ts";
import { addSignOff } from "../../readiness/signoff/command.ts";
import { addVerify } from "../../readiness/verify/command.ts";
import { addWaiver } from "../../readiness/waiver/command.ts";

/** Whatever rules do not prove, and is due before a deployment. */
const handedIn = checklist.filter(({ proof, phase }) => proof !== "policy" && phase !== "after");
const commandsIn = (text: string) =>
  [...text.matchAll(/npm run ([^`()]*[^`().:\s])/g)].map(([, line = ""]) => line);

/** Reads a command line, and carries nothing out. */
async function taken(line: string): Promise<number> {
  let carriedOut = 0;
  const program = new Command();
  for (const add of [
    addEvidence,
    addRelease,
    addRestoreDrill,
    addRollback,
    addSignOff,
    addVerify,
    addWaiver,
  ]) {
    add(program, async () => {
      carriedOut += 1;
    });
  }
  const strict = (command: Command) => {
    command.exitOverride().configureOutput({ outputError: () => {} });
    for (const inner of command.commands) strict(inner);
  };
  strict(program);
  const [name = "", dashes, ...words] = line.replace("$?", "0").split(" ");
  expect(dashes).toBe("--");
  await program.parseAsync(["node", "readiness", name, ...words]);
  return carriedOut;
}

describe.each(handedIn.map(({ id }) => id))("the remedy of %s", (id) => {
  const commands = commandsIn(remedyOf(id, "prod"));

  it("names a command", () => {
    expect(commands).not.toEqual([]);
  });

  it.each(commands)("names one that takes it: npm run %s", async (line) => {
    expect(await taken(line)).toBe(1);
  });
});
