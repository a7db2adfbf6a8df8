/** Whether a database of any engine lets clients talk to it in plain text; of an engine that is not known, nothing is said. */
import type { databaseInstance, ResourceOf } from "../../aws.ts";
import { show } from "../../expect.ts";
import { linked, type Resource } from "../../resource.ts";
import type { Result } from "../../rule.ts";
import { parameterGroup, parametersOf } from "./parameters.ts";

/** RDS User Guide, "Requiring an SSL connection": by engine the parameter, and from which version on it is set by itself. */
const parameterOf: Readonly<Record<string, { readonly name: string; readonly setFrom: Version }>> = {
  postgres: { name: "rds.force_ssl", setFrom: [15, 0] },
  mysql: { name: "require_secure_transport", setFrom: [9, 7] },
  mariadb: { name: "require_secure_transport", setFrom: [11, 8] },
};

type Version = readonly [major: number, minor: number];

export function forcesTls(db: ResourceOf<typeof databaseInstance>): Result {
  const { engine = "", engineVersion } = db.props;
  const parameter = parameterOf[engine];
  const [group] = linked(db as Resource, "parameterGroupName", parameterGroup);
  if (!parameter || (!group && isOfAnother(db.props.parameterGroupName))) return undefined;
  const { name, setFrom } = parameter;
  const said = group && parametersOf(group)[name];
  // A version that nobody says is the vendor's newest.
  const byItself = engineVersion === undefined || isSince(engineVersion, setFrom);
  if (said === undefined ? byItself : /^(1|on|true)$/i.test(said)) return undefined;
  const resource = (group ?? db) as Resource;
  const observed = `${name} is ${show(said)}`;
  const mend = group ? `set its parameter ${name} to 1` : `give it a parameter group that sets ${name} to 1`;
  return { resource, observed, wanted: "1", mend };
}

function isSince(version: string, [major, minor]: Version): boolean {
  const [own = 0, part = 0] = version.split(".").map(Number);
  return own > major || (own === major && part >= minor);
}

/** Made somewhere else: what stands in it nobody knows here. */
function isOfAnother(name: string | undefined): boolean {
  return name !== undefined && !name.startsWith("default.");
}
