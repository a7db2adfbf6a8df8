/** Carries a rollback of staging out as a process of its own, for tests that kill it: `quickly.ts <address of the site>`. */
import { rollback } from "../../../readiness/rollback/rollback.ts";
import { quick, quickPace } from "./quick.ts";

const [url = ""] = process.argv.slice(2);
process.exitCode = await rollback({ ...quick, url }, process.cwd(), { ...quickPace, answers: 2 });
