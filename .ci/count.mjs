// Names what failed and adds up vitest's JSON results; the last line is the one that a machine reads. Fails where no test ran.
import { readFileSync } from "node:fs";
import { relative } from "node:path";

let passed = 0;
let failed = 0;
for (const file of process.argv.slice(2)) {
  const result = JSON.parse(readFileSync(file, "utf8"));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  for (const { name, status, message, assertionResults } of result.testResults) {
    if (status !== "failed") continue;
    const tests = assertionResults.filter((test) => test.status === "failed");
    const said = tests.map((test) => `${test.fullName}: ${firstLine(test.failureMessages[0])}`);
    for (const line of said.length > 0 ? said : [firstLine(message)])
      console.log(`FAILED ${relative(".", name)} ${line}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;

/** The first line of a failure, at most 300 characters of it. */
function firstLine(text = "") {
  return text.split("\n", 1)[0].slice(0, 300);
}
