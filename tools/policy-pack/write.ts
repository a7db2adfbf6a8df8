/** Writes the policy pack for publishing: `npm run policies:bundle -- FOLDER`. */
import { existsSync, readdirSync } from "node:fs";
import { bundlePack } from "./bundle.ts";

const [folder, ...more] = process.argv.slice(2);

function refusal(): string | undefined {
  if (folder === undefined || more.length > 0) return "name one folder: npm run policies:bundle -- FOLDER";
  const foreign =
    existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(`${folder}/PulumiPolicy.yaml`);
  return foreign ? `${folder} holds something else than a policy pack` : undefined;
}

const refused = refusal();
if (refused !== undefined) {
  process.stderr.write(`error: ${refused}\n`);
  process.exitCode = 2;
} else if (folder !== undefined) {
  await bundlePack(folder);
  process.stdout.write(`cd ${folder} && npm install && pulumi policy publish ORGANISATION\n`);
}
