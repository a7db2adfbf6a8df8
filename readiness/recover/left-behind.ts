/** What an update that failed may have left at the vendors: stored there, answered with an error, in no state. */
import type { Registration } from "../engine/registration.ts";
import { nameOf } from "../inputs/flaws.ts";
import { type ExportedStack, knownTo } from "../pulumi/exported.ts";
import type { PendingCreate } from "../pulumi/pending-creates.ts";
import { kinds } from "../vendors/kinds.ts";
import {
  type Found,
  type Namesake,
  namesakes,
  parentOf,
  type Wanted,
  type Whereabouts,
} from "../vendors/namesakes.ts";

/** A declared resource that the state does not have. */
export interface Missing extends Wanted {
  readonly container: string | undefined;
  readonly provider: string | undefined;
}

/** What is declared and not in the state; what exists in the state alone is lost without a trace. */
export function missingOf(
  registrations: readonly Registration[],
  { resources }: ExportedStack,
): readonly Missing[] {
  const there = new Set(resources.filter((r) => !r.delete).map(({ urn }) => urn));
  const idOf = new Map(resources.flatMap(({ urn, id, delete: gone }) => (id && !gone ? [[urn, id]] : [])));
  return registrations
    .filter(({ urn, type, custom }) => custom && !there.has(urn) && !/^(pulumi|random):/.test(type))
    .flatMap(({ urn, type, props, propertyDependencies, parent: container, provider }) => {
      const parent = parentOf(type, props, propertyDependencies, idOf);
      // Of what is not there itself there is no part.
      if (parent === false) return [];
      return [{ urn, type, name: nameOf(urn), inputs: props, parent, id: undefined, container, provider }];
    });
}

/** The pending creates with the ids that their vendors tell by their names, where each has one. */
export async function withFoundIds(
  pending: readonly PendingCreate[],
  exported: ExportedStack,
  where: Whereabouts,
): Promise<readonly PendingCreate[]> {
  const wanted = exported.operations.flatMap(({ resource: { urn, type, inputs, id } }) => {
    const create = pending.find((p) => p.urn === urn);
    const parent = parentOf(type, inputs, {}, new Map());
    if (!create || id || parent === false || !(type in kinds)) return [];
    return [{ urn, type, name: create.name, inputs, parent, id: undefined }];
  });
  const { namesakes: found } = await namesakes(wanted, knownTo(exported), where);
  return pending.map((create) => {
    const [one, another] = found.filter(({ of }) => of.urn === create.urn);
    return another === undefined && one?.importId ? { ...create, id: create.id ?? one.importId } : create;
  });
}

/** Asks the vendors which of them exist. */
export function leftBehind(
  missing: readonly Missing[],
  exported: ExportedStack,
  where: Whereabouts,
): Promise<Found<Missing>> {
  return namesakes(missing, knownTo(exported), where);
}

/** What was found, and the command that takes it over. */
export function explainLeft(stack: string, found: readonly Namesake[]): string {
  const importable = Map.groupBy(
    found.filter(({ importId }) => importId !== undefined),
    ({ of }) => of.urn,
  );
  return [
    `${stack} declares what is not in its state, and its vendors have something of that name:`,
    "",
    ...found.map((one) => `- ${titleOf(one)}: ${one.id}, ${one.place}${one.importId ? "" : notImported}`),
    "",
    "A vendor that stores what it is sent and answers with an error leaves such, and so do people. Look at each.",
    "What is this stack's, by its id, into the state; the next update makes it as it is declared:",
    "",
    [
      `npm run recover -- --stack ${stack}`,
      // Of several only a person can tell which it is.
      ...[...importable].map(([urn, [one, ...others]]) => {
        return `  --adopt '${urn}=${others.length === 0 ? one?.importId : "<ID>"}'`;
      }),
    ].join(" \\\n"),
    "",
    "What is not, and of several of one name all but one: delete it at the vendor, by hand, or rename it there.",
    "Then ask again: what is a part of these can be looked for only once they are in the state.",
  ].join("\n");
}

const notImported = " (its provider takes over none: delete it there)";

export function titleOf({ of: { name, type } }: Namesake): string {
  return `${name} (${type})`;
}
