/** Whether a stack can live beside the others of its project: what two of them cannot both have fails for both. */
import { type Collision, collisions } from "../../model/config/collisions.ts";
import { issueAt } from "../../model/config/error.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import type { Finding } from "../../model/finding.ts";
import { listStacks, readStackFile, usableSpec } from "../inputs/stack-file.ts";

/** The name under which such findings are told. */
const by = "stacks-apart";

/** A failure for each collision; nothing where there is none, and of stacks whose config cannot be used. */
export function stacksApart(projectDir: string, spec: StackSpec): readonly Finding[] {
  const others = listStacks(projectDir).filter((name) => name !== spec.stack);
  const found = others.flatMap((name) => {
    const other = usableSpec(projectDir, name);
    return other ? collisions(spec, other).map((collision) => ({ name, collision })) : [];
  });
  if (found.length === 0) return [];
  const { locate } = readStackFile(projectDir, spec.stack);
  const file = `Pulumi.${spec.stack}.yaml`;
  return found.map(({ name, collision }) => failure(name, collision, file, locate(collision.keys) ?? 1));
}

function failure(
  other: string,
  { item, keys, found, wanted }: Collision,
  file: string,
  line: number,
): Finding {
  return {
    item,
    kind: "policy",
    by,
    outcome: "fail",
    subject: issueAt(keys, "").path,
    urn: undefined,
    observed: `${other} has ${found} too`,
    wanted,
    source: { file, line },
    remedy: `Change it in ${file} or in Pulumi.${other}.yaml.`,
  };
}
