/** What the vendors have twice: creates that a provider repeated because the answer was lost, which no plan shows. */
import { nameOf } from "../inputs/flaws.ts";
import { type ExportedStack, knownTo } from "../pulumi/exported.ts";
import { code, table } from "../render/markdown-text.ts";
import { kinds } from "../vendors/kinds.ts";
import { type Found, namesakes, parentOf, type Wanted, type Whereabouts } from "../vendors/namesakes.ts";

export type Doubles = Found<Wanted>;

/** Asks the vendors for what has the name of a resource in the state and is another. */
export function findDoubles(exported: ExportedStack, where: Whereabouts): Promise<Doubles> {
  const wanted = exported.resources
    .filter(({ type, id, delete: gone }) => type in kinds && id && !gone)
    .map(({ urn, type, id, inputs }) => {
      const parent = parentOf(type, inputs, {}, new Map()) || undefined;
      return { urn, type, name: nameOf(urn), inputs, parent, id };
    });
  return namesakes(wanted, knownTo(exported), where);
}

export function doubleBlocks({ namesakes }: Doubles): readonly string[] {
  if (namesakes.length === 0) return [];
  const rows = namesakes.map(({ of: { name, type, id }, id: double, place }) => [
    code(name),
    code(type),
    code(id ?? ""),
    code(double),
    code(place),
  ]);
  return [
    "The vendors have another of the same name:",
    table(["Resource", "Type", "In the state", "The other", "Where"], rows),
    "A create whose answer is lost is sent again, and both are stored. Nothing of this stack uses the other one: delete it at the vendor, unless it is somebody else's.",
  ];
}

/** Where nobody looked, there may be some. */
export function unseenBlocks({ unseen }: Doubles): readonly string[] {
  if (unseen.length === 0) return [];
  return ["Doubles were not looked for:", unseen.map((what) => `- ${code(what)}`).join("\n")];
}
