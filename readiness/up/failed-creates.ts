/** What an update could not create: its vendor may have stored it all the same, and Pulumi forgets it. */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { nameOf } from "../inputs/flaws.ts";

/** The part of `EngineEvent` in pulumi/pulumi, sdk/go/common/apitype/events.go, that tells of a failure. */
const failure = z.object({
  resOpFailedEvent: z.object({
    metadata: z.object({ op: z.enum(["create", "create-replacement"]), urn: z.string(), type: z.string() }),
  }),
});

export interface FailedCreate {
  readonly name: string;
  readonly type: string;
  /** It was to take the place of a resource that the state still has. */
  readonly replaces: boolean;
}

/** Reads the events of an update; none where it wrote none. */
export function failedCreates(file: string): readonly FailedCreate[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line.includes('"resOpFailedEvent"')).flatMap(parsed);
}

/** The last line of an update that was killed may be cut off. */
function parsed(line: string): readonly FailedCreate[] {
  try {
    const { op, urn, type } = failure.parse(JSON.parse(line)).resOpFailedEvent.metadata;
    return [{ name: nameOf(urn), type, replaces: op !== "create" }];
  } catch {
    return [];
  }
}

/** Empty where nothing failed to be created. */
export function explainFailed(stack: string, failed: readonly FailedCreate[]): string {
  const [replaced, created] = [failed.filter((f) => f.replaces), failed.filter((f) => !f.replaces)];
  const names = (those: typeof failed) => those.map(({ name, type }) => `- ${name} (${type})\n`).join("");
  const parts = [
    created.length > 0 &&
      `Not created, or so the vendor said. It may have stored it all the same, now or earlier, as where it says that a
name has already been taken. Before the next update:

npm run recover -- --stack ${stack}

${names(created)}`,
    replaced.length > 0 &&
      `Not replaced; the vendor may have stored the new one. What it has twice, npm run drift -- --stack ${stack} finds:

${names(replaced)}`,
  ];
  return parts.flatMap((part) => (part ? [`\n${part}`] : [])).join("");
}
