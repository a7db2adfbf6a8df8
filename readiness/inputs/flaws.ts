/** What keeps a state from being the stack that it describes. No text shows a value that may be secret. */
import type { Flaw } from "../../policies/resource.ts";
import { isReading } from "../../policies/resource-data.ts";
import { contradictions } from "./contradictions.ts";
import type { DeployedResource, Deployment } from "./state-file.ts";

/** Optional features of version 4 that change nothing of what a resource is: pkg/resource/stack/deployment.go. */
const knownFeatures: readonly string[] = [
  "refreshBeforeUpdate",
  "views",
  "hooks",
  "taint",
  "replaceWith",
  "snippets-prototype",
  "extensionParameterization",
];

/** How Pulumi's protocol writes what is not known yet. */
const notKnown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the state has it as a part of the stack as it stands. */
export function isThere(r: DeployedResource): boolean {
  return !r.delete && !r.pendingReplacement && (!r.external || isRead(r)) && r.viewOf === "";
}

/** Whether the program reads it to be judged with what it declares. */
export function isRead({ external, urn }: DeployedResource): boolean {
  return external && isReading(urn.split("::")[2]?.split("$").at(-2));
}

/** Of a resource that is there. */
export function flawsOf(r: DeployedResource): readonly Flaw[] {
  const flaws: Flaw[] = [];
  if (isManaged(r) && (r.id === "" || r.id === notKnown)) {
    flaws.push({ doubt: "without an id nothing tells that it exists (pulumi refresh)" });
  }
  if (!r.custom && isOfProvider(r.type)) {
    flaws.push({ doubt: "its state names it a component, which no provider has made (pulumi refresh)" });
  }
  if (r.initErrors.length > 0) {
    flaws.push({ observed: "its last creation or update ended in an error", wanted: "completed" });
  }
  if (r.taint) flaws.push({ observed: "it is marked as tainted", wanted: "replaced, or marked so no more" });
  if (isManaged(r)) {
    flaws.push(
      ...contradictions(r.inputs, r.outputs).map((found) => ({
        doubt: `${found} (npm run drift)`,
      })),
    );
  }
  return flaws;
}

/** Of all that is no resource of the stack as it stands. */
export function flawsBeside(deployment: Deployment, file: string): readonly Flaw[] {
  const { resources, pending_operations: operations, features, metadata } = deployment;
  const urns = new Set(resources.map((r) => r.urn));
  // A picture of a part of another resource, which is judged itself.
  const isView = (r: DeployedResource) => urns.has(r.viewOf);
  const managed = resources.filter((r) => (isManaged(r) || isOfProvider(r.type)) && !isView(r));
  const unknown = features.filter((feature) => !knownFeatures.includes(feature));
  return [
    ...managed
      .filter((r) => r.delete && !r.pendingReplacement)
      .map((r) => ({ observed: `${titleOf(r)} was replaced and is still there`, wanted: "deleted" })),
    ...managed
      .filter((r) => r.pendingReplacement)
      .map((r) => ({ observed: `${titleOf(r)} was deleted to be replaced`, wanted: "created again" })),
    ...managed
      .filter((r) => !r.delete && ((r.external && !isRead(r)) || r.viewOf !== ""))
      .map((r) => ({
        doubt: `${titleOf(r)} is managed elsewhere, and judged by nobody here (pulumi import)`,
      })),
    ...operations.map(({ type, resource }) => ({
      doubt: `an update was cut off while ${type} ${titleOf(resource)} (npm run recover)`,
    })),
    ...unknown.map((feature) => ({ doubt: `the state makes use of ${feature}, which is not known here` })),
    ...(metadata.integrity_error
      ? [{ doubt: "Pulumi wrote the state although it was not sound (pulumi state repair)" }]
      : []),
    ...(/\.bak$/.test(file) ? [{ doubt: "the file is a copy from before the last update" }] : []),
  ];
}

/** Whether a vendor has it, by the state's word; providers and references to other stacks are the engine's. */
function isManaged({ custom, type }: DeployedResource): boolean {
  return custom && !type.startsWith("pulumi:");
}

/** Tokens of providers' own resources name a file after the module: `aws:rds/instance:Instance`. */
function isOfProvider(type: string): boolean {
  return /^[^:]+:[^:]+\/[^:]+:/.test(type);
}

/** What follows the type; `::` may be a part of it. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function titleOf({ urn, type }: Pick<DeployedResource, "urn" | "type">): string {
  return `${nameOf(urn)} (${type})`;
}
