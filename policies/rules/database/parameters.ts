import type * as aws from "@pulumi/aws";
import { names } from "../../aws.ts";
import { show } from "../../expect.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";
import type { Result } from "../../rule.ts";

const parameterGroup = resourceType<aws.rds.ParameterGroupArgs>("aws:rds/parameterGroup:ParameterGroup");

/** The database's parameter group sets these parameters so; `wrong` gives the names of those that it does not. */
export function parameters(
  db: Resource,
  wrong: (value: Readonly<Record<string, string | undefined>>) => readonly string[],
  wanted: string,
): Result {
  const [group] = linked(db, "parameterGroupName", parameterGroup);
  if (!group) return names(db, "parameterGroupName", parameterGroup, "a parameter group");
  const value = Object.fromEntries((group.props.parameters ?? []).map((p) => [p.name, p.value]));
  return wrong(value).map((name) => ({
    resource: group,
    observed: `${name} is ${show(value[name])}`,
    wanted,
  }));
}
