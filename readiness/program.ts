/** Every command with its options; what it does is loaded when it is called. */
import { Command } from "commander";
import { addBacktest } from "./backtest/command.ts";
import { addCheck } from "./check/command.ts";
import { addComment } from "./comment/command.ts";
import { addCost } from "./cost/command.ts";
import { addDrift } from "./drift/command.ts";
import { addDrill } from "./drill/command.ts";
import { addEvidence } from "./evidence/command.ts";
import { addExplain } from "./explain/command.ts";
import { addFacts } from "./facts/command.ts";
import { addGuide } from "./guide/command.ts";
import { addImport } from "./import/command.ts";
import { addInit } from "./init/command.ts";
import { addMutate } from "./mutate/command.ts";
import { addOnCall } from "./on-call/command.ts";
import { addPreview } from "./preview/command.ts";
import { addRecover } from "./recover/command.ts";
import { addRelease } from "./release/command.ts";
import { addRestoreDrill } from "./restore-drill/command.ts";
import { addRollback } from "./rollback/command.ts";
import { addSignOff } from "./signoff/command.ts";

import type { Run } from "./terminal/options.ts";
import { addUp } from "./up/command.ts";
import { addVerify } from "./verify/command.ts";
import { addVerifyMonitors } from "./verify-monitors/command.ts";
import { addWaiver } from "./waiver/command.ts";

const commands = [
  addInit,
  addCheck,
  addExplain,
  addPreview,
  addUp,
  addRecover,
  addDrift,
  addFacts,
  addVerify,
  addRollback,
  addRestoreDrill,
  addEvidence,
  addComment,
  addRelease,
  addSignOff,
  addWaiver,
  addOnCall,
  addDrill,
  addImport,
  addCost,
  addGuide,
  addBacktest,
  addVerifyMonitors,
  addMutate,
];

/** @param run carries a command out */
export function commandLine(run: Run): Command {
  const program = new Command("readiness")
    .description("Computes whether a stack is ready for production")
    .exitOverride()
    // Whoever parses tells usage errors, on one line.
    .configureOutput({ outputError: () => {} });
  for (const add of commands) add(program, run);
  return program;
}
