/** Pulumi's component provider: what makes the components of this folder usable from every language. */
import type * as pulumi from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider/provider.js";
import manifest from "../package.json" with { type: "json" };
import { Database } from "./database.ts";
import { EvidenceStore } from "./evidence-store.ts";
import { OnCall } from "./on-call.ts";
import { OutsideWatch } from "./outside-watch.ts";
import { PrivateBucket } from "./private-bucket.ts";
import { Readiness } from "./readiness.ts";
import { refuseUnready } from "./release-gate.ts";
import schema from "./schema.json" with { type: "json" };

type Component = new (
  name: string,
  // Each checks its own: no compiler has seen them.
  args: never,
  opts?: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

export const components: Readonly<Record<string, Component>> = {
  Database,
  EvidenceStore,
  OnCall,
  OutsideWatch,
  PrivateBucket,
  Readiness,
};

/** What the schema says of a component. */
interface Described {
  readonly properties: Readonly<Record<string, unknown>>;
}

export const provider: Provider = {
  version: manifest.version,
  schema: JSON.stringify({ ...schema, version: manifest.version }),
  async construct(name, type, inputs, options): Promise<ConstructResult> {
    const described = (schema.resources as Readonly<Record<string, Described>>)[type];
    const Class = components[type.split(":").at(-1) ?? ""];
    if (!described || !Class) throw new Error(`${manifest.name} has no component ${type}`);
    refuseUnready();
    const made = new Class(name, inputs as never, options);
    const state = Object.keys(described.properties).map((key) => [key, Reflect.get(made, key)]);
    return { urn: made.urn, state: Object.fromEntries(state) };
  },
};
