/** What has been imported as a state of Pulumi's form, which `check`, `oncall` and `drill` take as any other. */
import { createHash } from "node:crypto";
import type { Imported } from "./shape.ts";

/** Of the project that no program stands behind. */
const project = "imported";

export function stateOf(imported: readonly Imported[], stack: string, now: Date): object {
  const urn = (type: string, name: string) => `urn:pulumi:${stack}::${project}::${type}::${name}`;
  const vendors = [...new Set(imported.map(({ type }) => type.split(":")[0] ?? ""))];
  const providers = vendors.map((vendor) => ({
    urn: urn(`pulumi:providers:${vendor}`, "imported"),
    type: `pulumi:providers:${vendor}`,
    custom: true,
    id: uuidOf(vendor),
    inputs: {},
    outputs: {},
  }));
  const resources = imported.map(({ type, id, name, inputs }) => ({
    // Two may have one name, and none the id of another.
    urn: urn(type, `${slug(name)}-${id}`),
    type,
    custom: true,
    id,
    inputs,
    outputs: { ...inputs, id },
    provider: providerOf(type),
  }));
  function providerOf(type: string): string {
    const vendor = type.split(":")[0] ?? "";
    return `${urn(`pulumi:providers:${vendor}`, "imported")}::${uuidOf(vendor)}`;
  }
  return {
    version: 3,
    deployment: {
      manifest: { time: now.toISOString(), magic: "", version: "" },
      resources: [...providers, ...resources],
    },
  };
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 60);
}

function uuidOf(text: string): string {
  return createHash("sha256")
    .update(text)
    .digest("hex")
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
