/** Stands in for the Pulumi CLI: records how it is called and answers as FAKE_PULUMI tells it to. Test equipment. */
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from "node:fs";
import type { Call, Script } from "../world.ts";

const args = process.argv.slice(2);
const [name = ""] = args;
const script: Script = JSON.parse(process.env["FAKE_PULUMI"] ?? "{}");
const record = (call: Call) =>
  appendFileSync(process.env["FAKE_PULUMI_LOG"] ?? "", `${JSON.stringify(call)}\n`);
const after = (option: string) => args[args.indexOf(option) + 1] ?? "";

record({ args, debugCommands: process.env["PULUMI_DEBUG_COMMANDS"] ?? null });
if (args.includes("--save-plan")) writeFileSync(after("--save-plan"), "the plan");
if (args.includes("--plan")) record({ plan: readFileSync(after("--plan"), "utf8") });
if (args.includes("--file")) record({ file: JSON.parse(readFileSync(after("--file"), "utf8")) });
if (args.includes("--event-log") && script.events) copyFileSync(script.events, after("--event-log"));
const notes = process.env["READINESS_FACTS_NOTES"];
if (notes && script.notes)
  writeFileSync(notes, script.notes.map((note) => `${JSON.stringify(note)}\n`).join(""));
for (const file of script.changes?.[name] ?? []) appendFileSync(file, "\n");
if (name === "stack") process.stdout.write(JSON.stringify(script.export ?? { deployment: {} }));
else console.log(`pulumi ${name} ran`);

process.exitCode = script.status?.[name] ?? 0;
if (script.waits === name) {
  // Ends some time after it was told to, as an update in progress does.
  const timer = setInterval(() => {}, 1000);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      record({ signal });
      setTimeout(() => clearInterval(timer), 300);
    });
  }
  record({ waits: true });
  process.exitCode = 255;
}
