/**
 * Runs a project's program against Pulumi's own mocks, as its unit tests would: the same resources, without rules and
 * report. `node mocked.ts <folder of Pulumi.yaml> <stack>` prints how many resources it declared.
 */
import "../../readiness/engine/lean-imports.ts";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readProject } from "../../readiness/engine/project.ts";
import { loadStack } from "../../readiness/inputs/stack-file.ts";

const { runtime }: typeof import("@pulumi/pulumi") = createRequire(import.meta.url)("@pulumi/pulumi");

const [folder = ".", stack = ""] = process.argv.slice(2);
const project = await readProject(folder);
const { config, secretKeys } = loadStack(folder, stack);
/** What the program asks providers for. */
const answers = { accountId: "123456789012", id: "PAM4FGS" };
let resources = 0;
await runtime.setMocks(
  {
    newResource: ({ name, inputs }) => {
      resources += 1;
      return { id: `${name}-id`, state: inputs };
    },
    call: () => answers,
  },
  project.name,
  stack,
  true,
);
runtime.setAllConfig({ ...config }, [...secretKeys]);
await runtime.runInPulumiStack(() => import(pathToFileURL(project.main ?? "").href));
await runtime.disconnect();
console.log(resources);
