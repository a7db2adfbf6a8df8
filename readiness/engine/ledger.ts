/** Every resource that the program has to do with in one run. */
import type { Registration } from "./registration.ts";
import { plainProperties, secret, unknownValue, type WireObject } from "./wire.ts";

export interface LedgerOptions {
  readonly project: string;
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  /** Sees every registration before it is recorded; may change it, or drop it by returning undefined. */
  readonly intercept?: ((registration: Registration) => Registration | undefined) | undefined;
}

/** What a resource is declared with; its URN follows. */
export type Declaration = Omit<Registration, "urn" | "props" | "secretPaths"> & {
  readonly inputs: WireObject;
  /** Empty where a deployment has yet to give it. */
  readonly id: string;
};

/** A resource as the program may ask for it again; no interception shows here. */
export interface Entry {
  readonly registration: Registration;
  readonly id: string;
  readonly outputs: WireObject;
}

/** A provider plugin as a request names it. */
export interface Plugin {
  readonly package: string;
  /** Empty where the engine chooses. */
  readonly version: string;
  /** Empty for Pulumi's own registry. */
  readonly url: string;
}

export class Ledger {
  /** What the program declares, in that order. */
  readonly registrations: Registration[] = [];
  /** What it reads: another's, of which only the cloud knows what it is like. */
  readonly reads: Registration[] = [];
  readonly #entries = new Map<string, Entry>();
  readonly #options: LedgerOptions;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  find(urn: string): Entry | undefined {
    return this.#entries.get(urn);
  }

  /** @throws where no resource has this URN */
  get(urn: string): Entry {
    const entry = this.#entries.get(urn);
    if (!entry) throw new Error(`could not find resource ${urn}`);
    return entry;
  }

  /**
   * Enters a resource that the program declares, and records it.
   * @throws where its parent is not entered, or another resource has the same URN
   */
  declare(declaration: Declaration): Entry {
    const entry = this.enter(declaration);
    const { intercept } = this.#options;
    const recorded = intercept ? intercept(entry.registration) : entry.registration;
    if (recorded) this.registrations.push(recorded);
    return entry;
  }

  /** Enters a resource without recording it: one that is not this stack's, but that the program reads. */
  enter({ inputs, id, ...declaration }: Declaration): Entry {
    if (declaration.parent) this.get(declaration.parent);
    const urn = this.#urn(declaration);
    const registration: Registration = { ...declaration, ...plainProperties(inputs), urn };
    const twin = this.#entries.get(urn)?.registration;
    if (twin) throw new Error(`Duplicate resource URN '${urn}', ${placesOf(twin, registration)}`);
    const secrets = declaration.additionalSecretOutputs.map((key) => [
      key,
      secret(inputs[key] ?? unknownValue),
    ]);
    // In a preview a resource's outputs are its inputs; all others are not known.
    const entry = { registration, id, outputs: { ...inputs, ...Object.fromEntries(secrets) } };
    this.#entries.set(urn, entry);
    return entry;
  }

  /** Gives a component its outputs. */
  complete(urn: string, outputs: WireObject): Entry {
    const entry = { ...this.get(urn), outputs };
    this.#entries.set(urn, entry);
    return entry;
  }

  /** The URN of a plugin's default provider, which the engine declares by itself when it is first needed. */
  defaultProvider(plugin: Plugin): string {
    const declaration: Declaration = {
      type: `pulumi:providers:${plugin.package}`,
      name: defaultProviderName(plugin),
      parent: undefined,
      custom: true,
      inputs: this.#defaultProviderInputs(plugin),
      id: unknownValue,
      protect: false,
      retainOnDelete: false,
      ignoreChanges: [],
      deletedWith: undefined,
      additionalSecretOutputs: [],
      provider: undefined,
      dependencies: [],
      propertyDependencies: {},
      source: undefined,
    };
    const urn = this.#urn(declaration);
    return (this.#entries.get(urn) ?? this.declare(declaration)).registration.urn;
  }

  /** The stack's config in the package's namespace: `aws:region` becomes the provider's `region`. */
  #defaultProviderInputs({ package: namespace, version }: Plugin): WireObject {
    const { config, secretKeys } = this.#options;
    const own = Object.entries(config)
      .filter(([key]) => key.startsWith(`${namespace}:`))
      .map(([key, value]) => [
        key.slice(namespace.length + 1),
        secretKeys.includes(key) ? secret(value) : value,
      ]);
    return { ...Object.fromEntries(own), ...(version && { version }) };
  }

  #urn({ type, name, parent }: Pick<Declaration, "type" | "name" | "parent">): string {
    const parentType = parent?.split("::")[2];
    const isRoot = parentType === undefined || parentType === "pulumi:pulumi:Stack";
    const { stack, project } = this.#options;
    return `urn:pulumi:${stack}::${project}::${isRoot ? type : `${parentType}$${type}`}::${name}`;
  }
}

/** The engine's name for a plugin's default provider, such as `default_7_48_0`. */
function defaultProviderName({ version, url }: Plugin): string {
  const source = url
    .split("/")
    .filter((part) => part !== "")
    .map((part) => part.replaceAll(/[^\w.-]/g, "_"))
    .join("/");
  return ["default", version.replaceAll(/[.+-]/g, "_"), source].filter((part) => part !== "").join("_");
}

function placesOf(...registrations: readonly Registration[]): string {
  const places = registrations.map(({ source }) => (source ? `${source.file}:${source.line}` : "the engine"));
  return `declared at ${places.join(" and ")}; give it a unique name`;
}
