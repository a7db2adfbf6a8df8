/** Stands in for GitHub's command line: records how it is called and answers with FAKE_GH. Test equipment. */
import { appendFileSync, readFileSync } from "node:fs";

const args = process.argv.slice(2);
const input = args.includes("--input") ? JSON.parse(readFileSync(0, "utf8")) : null;
appendFileSync(process.env["FAKE_GH_LOG"] ?? "", `${JSON.stringify({ args, input })}\n`);
if (args.includes("graphql")) process.stdout.write(process.env["FAKE_GH"] ?? "[]");
process.exitCode = Number(process.env["FAKE_GH_STATUS"] ?? 0);
