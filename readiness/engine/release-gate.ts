/**
 * Stops an update of production that is not ready before it begins, whoever starts it: plain `pulumi up`, without the policy
 * pack, or with a pack whose config lifts policies, starts its program like this too.
 */
import { parseArgs } from "node:util";
import { tierOf } from "../../model/tier.ts";
import { objectionTo } from "../../policies/release-verdict.ts";

/** The SDK's runner ends with it when it has told the user what is wrong (cmd/run/index.js). */
const alreadyExplained = 32;

/** What the language host tells the SDK's runner, which runs after this. */
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    stack: { type: "string" },
    pwd: { type: "string" },
    "root-directory": { type: "string" },
    "dry-run": { type: "boolean" },
  },
  strict: false,
});
const { stack, pwd, "root-directory": root, "dry-run": preview } = values;

/** What the language host hands to the program. */
const config = JSON.parse(process.env["PULUMI_CONFIG"] || "{}");

if (typeof stack === "string" && tierOf(stack, config["readiness:tier"]) === "production" && !preview) {
  const objection = objectionTo(String(root ?? pwd ?? process.cwd()), stack);
  if (objection !== undefined) {
    console.error(
      `${stack} is not updated: ${objection} npm run check -- --stack ${stack} says what to change.`,
    );
    process.exit(alreadyExplained);
  }
}
