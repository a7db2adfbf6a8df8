/** Measures this project side by side with what it stands beside: `npm run bench`, see README.md. */
import "../../readiness/engine/lean-imports.ts";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Option } from "commander";
import { assertPassedOn } from "../../readiness/terminal/npm-options.ts";
import { clearProgress, showProgress } from "../../readiness/terminal/progress.ts";
import { checks, mocks, policies, previews, type Size, services } from "./sections.ts";
import { render } from "./table.ts";
import { runFolder } from "./workspace.ts";

const full: Size = {
  rounds: 5,
  longRounds: 3,
  previewed: 100,
  asked: [100, 1000, 5000],
  owned: 35,
  services: [1, 10, 100, 200],
  mocked: 20,
};
const quick: Size = {
  rounds: 1,
  longRounds: 1,
  previewed: 40,
  asked: [20, 100, 500],
  owned: 3,
  services: [1, 5],
  mocked: 2,
};

const questions = { previews, policies, checks, services, mocks };

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

try {
  if (process.platform !== "linux") throw new Error("The bench reads from /proc, which only Linux has.");
  assertPassedOn([new Option("--quick")], process.argv.slice(2), process.env);
  const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
  const folder = runFolder();
  for (const [name, measure] of Object.entries(questions)) {
    showProgress(`Measuring ${name}`);
    const sections = await measure(join(folder, name), values.quick ? quick : full);
    clearProgress();
    console.log(sections.map(render).join("\n"));
  }
} catch (error) {
  clearProgress();
  console.error((error as Error).message);
  process.exitCode = 1;
}
process.exit();
