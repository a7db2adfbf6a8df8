/** Small state files made up for tests. */
import { createHash } from "node:crypto";
import type { Registration } from "../../readiness/engine/registration.ts";

export const canary = "canary-9f8e7d6c";
const signature = "4dabf18193072939515e22adb298388d";

/**
 * Rules that cannot be decided from a state: what they look at is a secret, or stands in a list with one, which the
 * engine then closes as a whole.
 */
export const undecidable: readonly string[] = [
  "app-api-rate-limited",
  "app-login-rate-limited",
  "app-origin-locked",
  "app-profiles-sampled",
  "app-traces-sampled",
  "edge-origin-authenticated",
  "edge-origin-https",
  "edge-origin-tls-floor",
  "traces-complete",
];

export type Json = Readonly<Record<string, unknown>>;

/** A value as an export has it: encrypted, or open after `--show-secrets`. */
export function secretOf(value: { ciphertext: string } | { plaintext: string }): Json {
  return { [signature]: "1b47061264138c4ac30d75fd1eb44270", ...value };
}

export function referenceTo(urn: string, id?: string): Json {
  return { [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn, ...(id === undefined ? {} : { id }) };
}

export function urnOf(type: string, name: string, stack = "prod", project = "readiness"): string {
  return `urn:pulumi:${stack}::${project}::${type}::${name}`;
}

/** A custom resource, with `more` of its members. */
export function deployedResource(type: string, name: string, inputs: Json = {}, more: Json = {}): Json {
  return { urn: urnOf(type, name), custom: true, id: `${name}-id`, type, inputs, outputs: inputs, ...more };
}

/** What `pulumi stack export` writes. */
export function exported(resources: readonly Json[], more: Json = {}): Json {
  const manifest = { time: "2026-03-02T10:20:30.123456789+01:00", magic: "", version: "3.250.0" };
  return { version: 3, deployment: { manifest, resources, ...more } };
}

/** The state of a stack that was deployed as it is declared: secrets encrypted, everything else known. */
export function exportOf(registrations: readonly Registration[]): Json {
  const ids = new Map(registrations.map((r) => [r.urn, String(r.outputs?.["id"] ?? idOf(r.urn))]));
  return exported(
    registrations.map((r) => {
      const inputs = deployedInputs(r.props, [], r, ids) as Json;
      const arn = /evidence/.test(r.name) && r.type.endsWith(":Bucket") && { arn: evidenceArn };
      const outputs = { ...inputs, ...arn };
      const provider = r.provider && `${r.provider}::0d9c-id`;
      return { ...r, ...(r.custom && { id: ids.get(r.urn) }), inputs, outputs, provider };
    }),
  );
}

/** By URN. */
type Ids = ReadonlyMap<string, string>;

const evidenceArn = "arn:aws:s3:::evidence-1a2b3c4";

/** The id that its vendor has given to a resource, where a test says nothing of it. */
function idOf(urn: string): string {
  return `${urn.split("::").at(-1)}-${createHash("sha256").update(urn).digest("hex").slice(0, 8)}`;
}

function deployedInputs(value: unknown, path: readonly string[], of: Registration, ids: Ids): unknown {
  const place = path.join(".");
  const holdsSecret = of.secretPaths.some((secret) => secret.startsWith(`${place}.`));
  // A provider gets inputs without marks; the engine marks what comes back, a list as a whole.
  if (of.secretPaths.includes(place) || (Array.isArray(value) && holdsSecret)) {
    return secretOf({ ciphertext: canary });
  }
  if (value === "04da6b54-80e4-46f7-96ec-b56ff0331ba9") return knownOf(of, place, ids);
  if (typeof value !== "object" || value === null) return value;
  const part = (key: string, v: unknown) => deployedInputs(v, [...path, key], of, ids);
  if (Array.isArray(value)) return value.map((v, i) => part(`${i}`, v));
  return { ...Object.fromEntries(Object.entries(value).map(([k, v]) => [k, part(k, v)])), __defaults: [] };
}

/**
 * What a deployment has told: the ids of what flows in, as a rule; the query on an objective with its id in it; and
 * which evidence a policy is about.
 */
function knownOf({ name, type, propertyDependencies }: Registration, place: string, of: Ids): string {
  const ids = (propertyDependencies[place.split(".")[0] ?? ""] ?? []).map((urn) => of.get(urn)).join(",");
  if (/evidence.*\.Resource$/.test(`${name} ${place}`)) {
    const service = type.endsWith(":BucketPolicy") ? "" : `${name.split("-").at(-1)}/`;
    return `${evidenceArn}/evidence/${service}*`;
  }
  const isBurn = place === "query" && /-burn(-\w+)?$/.test(name);
  return isBurn ? `burn_rate("${ids}").over("30d").long_window("1h").short_window("5m") > 14.4` : ids;
}
