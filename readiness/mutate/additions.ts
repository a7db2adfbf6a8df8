/** Resources that a program might declare besides: of a type that it has, or of one that it has not. */
import type { Registration } from "../engine/registration.ts";
import { unknownValue } from "../engine/wire.ts";
import { permissive } from "./foreign.ts";
import { requiredInputs } from "./inputs.ts";
import type { Kind, Mutant } from "./mutant.ts";
import { isFields, type Fields as Props } from "./places.ts";
import type { Fields } from "./sdk/fields.ts";
import type { Sdk } from "./sdk/sdk.ts";

/** One more of a type, with another owner's references and with this stack's own; none where neither is laxer. */
export function another(resource: Registration): Mutant[] {
  const unlinked = { ...resource, propertyDependencies: {}, dependencies: [] };
  const foreign = permissive(resource.props, "") as Props;
  const own = permissive(resource.props, "", true) as Props;
  const isLaxer = (props: Props) => JSON.stringify(props) !== JSON.stringify(resource.props);
  return [
    ...(isLaxer(foreign) ? [added("another", "added", { ...unlinked, props: foreign })] : []),
    ...(isLaxer(own) && resource.dependencies.length > 0
      ? [added("another", "added to what is there", { ...resource, props: own })]
      : []),
  ];
}

/** Names of types that give something to somebody, or put something in something. */
const attaches =
  /(Access|Acl|Assignment|Association|Attachment|Authorization|Bypass|Exclusion|Exemption|Grant|Invitation|Member|Membership|Override|Peering|Permission|Policy|Rule|Share|Subscription)\w*$/;

/**
 * One resource of each type that the SDKs have and the stack has not, declared as the stack declares its own: within a
 * component, with tags, protected. A type attaches something where its name says so, or where an input that it cannot
 * do without is named after a resource of the stack.
 */
export function strangers(registrations: readonly Registration[], sdk: Sdk): Mutant[] {
  const present = new Set(registrations.map(({ type }) => type));
  const owners = ownersByName(registrations);
  const ofProvider = Map.groupBy(
    registrations.filter(({ custom }) => custom),
    ({ type }) => type.split(":")[0],
  );
  return sdk.types.flatMap((type) => {
    const [sibling, ...siblings] = ofProvider.get(type.split(":")[0]) ?? [];
    const fields = present.has(type) || !sibling ? undefined : sdk.fieldsOf(type);
    return fields && sibling ? [stranger(type, fields, owners, [sibling, ...siblings])] : [];
  });
}

function stranger(type: string, fields: Fields, owners: Owners, siblings: Siblings): Mutant {
  const links = fields.top.flatMap(({ name, shape }) => {
    const owner = owners.get(`${type.split(":")[0]} ${subject(name)}`);
    const list = shape?.kind === "list";
    return owner && (list || shape?.kind === "string") ? [{ name, owner, list }] : [];
  });
  const needed = new Set(fields.top.filter(({ required }) => required).map(({ name }) => name));
  const isAttached = attaches.test(type) || links.some(({ name }) => needed.has(name));
  const hasTags = fields.top.some(({ name }) => name === "tags");
  const tagged = hasTags ? siblings.find((r) => isFields(r.props["tags"])) : undefined;
  const model = links[0]?.owner ?? tagged ?? siblings[0];
  const after: Registration = {
    ...model,
    type,
    name: "another",
    urn: `${model.urn.split("::").slice(0, 2).join("::")}::${type}::another`,
    protect: true,
    props: {
      ...requiredInputs(fields),
      ...Object.fromEntries(links.map(({ name, list }) => [name, list ? [unknownValue] : unknownValue])),
      ...(tagged && { tags: tagged.props["tags"] }),
    },
    dependencies: links.map(({ owner }) => owner.urn),
    propertyDependencies: Object.fromEntries(links.map(({ name, owner }) => [name, [owner.urn]])),
  };
  return added(isAttached ? "attachment" : "stranger", "added", after);
}

/** What the same provider manages already. */
type Siblings = readonly [Registration, ...Registration[]];

type Owners = ReadonlyMap<string, Registration>;

/** The first resource of each type, by provider and the type's last word. */
function ownersByName(registrations: readonly Registration[]): Owners {
  const owners = new Map<string, Registration>();
  for (const r of registrations) {
    const key = `${r.type.split(":")[0]} ${(r.type.split(":").at(-1) ?? "").toLowerCase()}`;
    if (!owners.has(key)) owners.set(key, r);
  }
  return owners;
}

/** What an input is named after: `securityGroupIds` after a security group. */
function subject(input: string): string {
  return input.replace(/(Id|Arn|Name|Identifier|Key)?s?$/, "").toLowerCase();
}

function added(kind: Kind, operator: string, after: Registration): Mutant {
  const urn = after.urn.endsWith("::another") ? after.urn : `${after.urn}-another`;
  const name = after.name === "another" ? after.name : `${after.name}-another`;
  return {
    kind,
    type: after.type,
    path: "",
    operator,
    resource: name,
    at: "",
    after: { ...after, urn, name },
  };
}
