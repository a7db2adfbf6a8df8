import type * as aws from "@pulumi/aws";
import { names, type ResourceOf } from "../../aws.ts";
import { show } from "../../expect.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";
import type { Doubt, Result, Violation } from "../../rule.ts";

export const parameterGroup = resourceType<aws.rds.ParameterGroupArgs>(
  "aws:rds/parameterGroup:ParameterGroup",
);

type Parameters = Readonly<Record<string, string | undefined>>;

export function parametersOf(group: ResourceOf<typeof parameterGroup>): Parameters {
  return Object.fromEntries((group.props.parameters ?? []).map((p) => [p.name, p.value]));
}

/** What a check finds wrong with the parameters of the database's group. */
export function ofParameters(
  db: Resource,
  check: (values: Parameters, group: ResourceOf<typeof parameterGroup>) => readonly (Violation | Doubt)[],
): Result {
  const [group] = linked(db, "parameterGroupName", parameterGroup);
  if (!group) return names(db, "parameterGroupName", parameterGroup, "a parameter group");
  return check(parametersOf(group), group).map((found) => ({ resource: group as Resource, ...found }));
}

/** The database's parameter group sets these parameters so; `wrong` gives the names of those that it does not. */
export function parameters(
  db: Resource,
  wrong: (values: Parameters) => readonly string[],
  wanted: string,
): Result {
  return ofParameters(db, (values) =>
    wrong(values).map((name) => ({ observed: `${name} is ${show(values[name])}`, wanted })),
  );
}
