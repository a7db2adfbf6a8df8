/**
 * Prints what the fixtures' stacks declare with a database that is there already, as JSON: for each of the cases that
 * standard input lists, its registrations and parts. The embedded engine runs in a process of its own.
 */
import { json } from "node:stream/consumers";
import { variantRun } from "../../../tools/closed-world/stacks.ts";
import { answers, existingConfig } from "./existing-database.ts";
import type { Case } from "./existing-stacks.ts";

const printed: object[] = [];
for (const { stack, network, changes, missing = [] } of (await json(process.stdin)) as readonly Case[]) {
  const untold = Object.fromEntries(missing.map((name) => [name, undefined]));
  const {
    registrations,
    reads,
    stack: judged,
  } = await variantRun(
    { title: "", stack, change: () => existingConfig(network) },
    new Date(),
    answers({ ...changes, ...untold }),
  );
  printed.push({ stack, registrations: [...registrations, ...reads], declared: judged.declared });
}
process.stdout.write(JSON.stringify(printed));
