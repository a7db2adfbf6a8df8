/** Makes the weakenings of a stack from its resources, without regard to any rule; always the same, in the same order. */
import type { Registration } from "../engine/registration.ts";
import { another, strangers } from "./additions.ts";
import type { Mutant } from "./mutant.ts";
import { propertyMutants } from "./properties.ts";
import type { Sdk } from "./sdk/sdk.ts";

/** @param registrations of the stack as it is */
export function generate(registrations: readonly Registration[], sdk: Sdk): Mutant[] {
  const byType = Map.groupBy(
    registrations.filter((r) => r.custom),
    (r) => r.type,
  );
  const own = [...byType].flatMap(([type, resources]) => {
    const changes = [...propertyMutants(resources, sdk.fieldsOf(type)), ...optionMutants(resources)];
    // The engine makes a provider that is missing; one that nobody uses does nothing.
    if (type.startsWith("pulumi:providers:")) return changes;
    return [
      ...changes,
      ...resources.map((before) => mutant("removed", "", "removed", "", { before })),
      ...resources.slice(0, 1).flatMap(another),
    ];
  });
  return [...own, ...strangers(registrations, sdk)];
}

/** Safeguards against deletion off wherever they are on, and changes hidden from the engine, of one of the type. */
function optionMutants(resources: readonly Registration[]): Mutant[] {
  return resources.flatMap((before, i) => {
    const weaker = (option: string, operator: string, change: Partial<Registration>) =>
      mutant("option", option, operator, option, { before, after: { ...before, ...change } });
    return [
      ...(before.protect ? [weaker("protect", "off", { protect: false })] : []),
      ...(before.protect ? [weaker("deletedWith", "set", { deletedWith: before.parent })] : []),
      ...(before.retainOnDelete ? [weaker("retainOnDelete", "off", { retainOnDelete: false })] : []),
      ...(i === 0 ? [weaker("ignoreChanges", "everything", { ignoreChanges: ["*"] })] : []),
    ];
  });
}

function mutant(
  kind: Mutant["kind"],
  path: string,
  operator: string,
  at: string,
  change: Pick<Mutant, "before" | "after">,
): Mutant {
  const { type, name } = (change.before ?? change.after) as Registration;
  return { kind, type, path, operator, resource: name, at, ...change };
}
