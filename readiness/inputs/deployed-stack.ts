/** What is deployed, as rules see it: the inputs of each resource, with its encrypted secrets closed. */
import type { Declaration } from "../../model/declaration.ts";
import type { Flaw, Stack } from "../../policies/resource.ts";
import { type Registration, toStack } from "../engine/registration.ts";
import { parseJson } from "../foreign-json.ts";
import { flawsBeside, flawsOf, isRead, isThere, nameOf } from "./flaws.ts";
import { type DeployedResource, type Deployment, StateError } from "./state-file.ts";

/** What a state has to be of. */
export interface Expected {
  /** Name of the Pulumi project; whichever it is of where undefined. */
  readonly project: string | undefined;
  /** Name of the stack, where it is given. */
  readonly stack: string | undefined;
  /** What a stack's config says of its tier and its parts. */
  readonly declared?: (stack: string) => Declaration;
  /** Numbers and texts that the vendor has filled in are taken for said, and not flags alone. */
  readonly filledIn?: boolean;
  /** What else keeps it from being known. */
  readonly flaws?: readonly Flaw[];
}

/** Pulumi's mark on a value that is not plain, and what it says there: sdk/go/common/resource/sig/sig.go. */
const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";
const resourceReference = "5cf8f73096256a8f31e491e813e4eb8e";

/** What providers keep among the inputs for themselves; the first names what they have filled in. */
const notes: readonly string[] = ["__defaults", "__internal"];

/**
 * Thrown by reading an encrypted secret. With the members of the policy SDK's `UnknownValueError` it makes
 * a rule's outcome `unknown`.
 */
class ClosedValueError extends Error {
  readonly unknownTypeSentinel = signature;
  readonly props: readonly string[];
  /** Why the value is not known; follows "is". */
  readonly reason: string;

  constructor(resource: string, path: readonly string[]) {
    super(`${path.join(".")} is closed`);
    this.props = path;
    this.reason = `a secret of ${resource}, which the export does not show (pulumi stack export --show-secrets)`;
  }
}

/**
 * The stack that a state describes. Resources come in the order of their URNs, so that the report does not depend
 * on which was created first. Where they are declared is left open: a state has the lines of another commit.
 * @param file where the state was read
 * @throws StateError where it is the state of another project or stack, or of no single one
 */
export function deployed(deployment: Deployment, file: string, expected: Expected): Stack {
  const { resources } = deployment;
  const name = stackName(deployment, file, expected);
  const there = resources.filter(isThere).sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const twin = there.find(({ urn }, i) => urn === there[i + 1]?.urn);
  if (twin) throw new StateError(file, ` has two resources ${twin.urn}`);
  const made = there.map((r) => registration(r, expected.filledIn ?? false));
  const flaws = [...flawsBeside(deployment, file), ...(expected.flaws ?? [])];
  return toStack(name, made, flaws, expected.declared?.(name));
}

/** A stack as its resources name it. */
export interface Owner {
  readonly stack: string;
  readonly project: string;
}

/** Whose resources a state holds. */
export function ownersOf({ resources }: Deployment): readonly Owner[] {
  const owners = new Set(resources.map(({ urn }) => urn.split("::", 2).join("::")));
  return [...owners].map((owner) => {
    const [stack = "", project = ""] = owner.slice("urn:pulumi:".length).split("::");
    return { stack, project };
  });
}

function stackName(deployment: Deployment, file: string, expected: Expected): string {
  const unfit = (of: string) => new StateError(file, ` is the state of ${of}`);
  const [owner, another] = ownersOf(deployment);
  if (owner && another) {
    const [one, other] = [owner, another].map((o) => `urn:pulumi:${o.stack}::${o.project}`);
    throw unfit(`two stacks, ${one} and ${other}`);
  }
  if (!owner) {
    if (expected.stack !== undefined) return expected.stack;
    throw unfit("a stack without resources, and so without a name: give it with --stack");
  }
  const { stack, project } = owner;
  if (project !== (expected.project ?? project)) {
    throw unfit(`the project "${project}", must be "${expected.project}" as in Pulumi.yaml`);
  }
  if (stack !== (expected.stack ?? stack)) {
    throw unfit(`the stack "${stack}", must be "${expected.stack}" as --stack says`);
  }
  return stack;
}

function registration(r: DeployedResource, filledIn: boolean): Registration {
  const name = nameOf(r.urn);
  const secretPaths: string[] = [];
  let outputs: Registration["outputs"];
  return {
    type: r.type,
    name,
    urn: r.urn,
    parent: r.parent || undefined,
    custom: r.custom,
    ...(isRead(r) && { read: true as const }),
    props: isRead(r)
      ? closeSecrets(r.outputs, name, [], secretPaths)
      : inputsOf(r, name, secretPaths, filledIn),
    // Few rules ask who it is.
    get outputs() {
      outputs ??= told(r, name);
      return outputs;
    },
    secretPaths,
    protect: r.protect,
    retainOnDelete: r.retainOnDelete,
    ignoreChanges: r.ignoreChanges,
    deletedWith: r.deletedWith || undefined,
    additionalSecretOutputs: r.additionalSecretOutputs,
    provider: r.provider.slice(0, Math.max(0, r.provider.lastIndexOf("::"))) || undefined,
    dependencies: r.dependencies,
    propertyDependencies: r.propertyDependencies,
    source: undefined,
    flaws: flawsOf(r),
  };
}

/** Of what a vendor fills in as a whole, that which is in force. */
const wholes: readonly string[] = [
  "imageScanningConfiguration",
  "incidentUrgencyRule",
  "metadataOptions",
  "pointInTimeRecovery",
  "supportHours",
];

/**
 * The inputs; and to be read, but not among the keys, what the provider or the vendor has filled in: the program does
 * not declare it, and what stands there is in force.
 */
function inputsOf(
  { inputs, outputs }: DeployedResource,
  name: string,
  secretPaths: string[],
  filledIn: boolean,
) {
  const props = closeSecrets(inputs, name, [], secretPaths);
  for (const [key, value] of Object.entries(outputs)) {
    const isWhole = filledIn && wholes.includes(key);
    const kinds = filledIn ? ["boolean", "number", "string"] : ["boolean"];
    // A policy of a vendor's making, such as a key's first, is not what is in force for ever.
    if (
      (isWhole || kinds.includes(typeof value)) &&
      value !== "" &&
      !/policy/i.test(key) &&
      !(key in inputs)
    ) {
      Object.defineProperty(props, key, { value });
    }
  }
  return props;
}

/** What the vendor has told, closed where it is asked for. */
function told({ id, outputs }: DeployedResource, name: string): Registration["outputs"] {
  const all = { ...outputs, ...(id && { id }) };
  return Object.defineProperties(
    {},
    Object.fromEntries(
      Object.entries(all).map(([key, value]) => {
        const open = () => closeSecrets({ [key]: value }, name, [], [])[key];
        return [key, { enumerable: true, ...(typeof value === "object" ? { get: open } : { value }) }];
      }),
    ),
  );
}

/** A copy of a map or list in which an encrypted secret cannot be read. */
function closeSecrets<T extends object>(
  values: T,
  name: string,
  path: readonly string[],
  closed: string[],
): T {
  const copy = (Array.isArray(values) ? [] : {}) as T;
  const filledIn = "__defaults" in values && Array.isArray(values.__defaults) ? values.__defaults : [];
  for (const [key, value] of Object.entries(values)) {
    if (notes.includes(key)) continue;
    Object.defineProperty(copy, key, {
      configurable: true,
      enumerable: !filledIn.includes(key),
      ...seen(value, name, [...path, key], closed),
    });
  }
  return copy;
}

function seen(value: unknown, name: string, path: readonly string[], closed: string[]): PropertyDescriptor {
  if (typeof value !== "object" || value === null) return { value };
  if (!(signature in value)) return { value: closeSecrets(value, name, path, closed) };
  if (value[signature] === resourceReference && "urn" in value) {
    return { value: ("id" in value && value.id) || value.urn };
  }
  closed.push(path.join("."));
  // Shown on purpose (`pulumi stack export --show-secrets`): rules read it, as they do in a preview; no report does.
  if (value[signature] === secret && "plaintext" in value && typeof value.plaintext === "string") {
    const shown = opened(value.plaintext);
    if (shown) return seen(shown.value, name, path, closed);
  }
  // Files in the place of values, and whatever Pulumi may yet think of, stay as closed as encrypted secrets.
  return {
    get() {
      throw new ClosedValueError(name, path);
    },
  };
}

/** What a secret's text holds, which Pulumi writes as JSON; of any other nothing is known, and no word of it told. */
function opened(plaintext: string): { readonly value: unknown } | undefined {
  try {
    return { value: parseJson(plaintext) };
  } catch {
    return undefined;
  }
}
