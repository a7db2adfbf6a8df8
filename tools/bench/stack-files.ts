/** The tests' stack files, as they are and with more services: figures of another team stay comparable. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { projectDir } from "./workspace.ts";

const services = ["config", "readiness:services"];

/** The stack file of `stack` with its first service repeated under other names, until there are `count` services. */
export function stackFile(stack: string, count = 1): string {
  const file = parseDocument(
    readFileSync(join(projectDir, "tests/fixtures", `Pulumi.${stack}.yaml`), "utf8"),
  );
  const first = file.getIn([...services, 0], true);
  if (!first || typeof first !== "object" || !("toJSON" in first)) throw new Error(`${stack} has no service`);
  for (let i = 1; i < count; i += 1) {
    const name = `service-${i}`;
    file.addIn(services, {
      ...JSON.parse(JSON.stringify(first)),
      name,
      path: `/${name}`,
      repository: `example/${name}`,
    });
  }
  return file.toString();
}
