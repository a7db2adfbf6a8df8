/** Small state files made up for tests. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Registration } from "../../readiness/engine/registration.ts";

export const canary = "canary-9f8e7d6c";
const signature = "4dabf18193072939515e22adb298388d";

/**
 * Rules that cannot be decided from a state: what they look at is a secret, or stands in a list with one, which the
 * engine then closes as a whole.
 */
export const undecidable: readonly string[] = [
  "app-api-rate-limited",
  "app-certificates-issued",
  "app-crons-let-in",
  "app-database-user-its-own",
  "app-firewall-lets-customers-in",
  "app-firewall-not-bypassed",
  "app-login-rate-limited",
  "app-origin-locked",
  "app-profiles-sampled",
  "app-telemetry-named",
  "app-traces-sampled",
  "app-variables-mean-this-stack",
  "edge-answers-not-shared",
  "edge-customers-address-told",
  "edge-dns-origins-found",
  "edge-host-is-the-services",
  "edge-origin-authenticated",
  "edge-origin-https",
  "edge-origin-tls-floor",
  "edge-origins-own",
  "edge-requests-reach-their-service",
  "edge-static-requests-signed",
  "edge-vercel-certificate-renewed",
  "edge-waits-for-services",
  "metrics-tell-instances-apart",
  "properties-sound",
  "telemetry-sent-to-datadog",
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

/** What the fixtures' stacks are like once they are deployed. */
export const deployedStacks: Readonly<Record<"prod" | "staging", readonly Registration[]>> = JSON.parse(
  execFileSync(process.execPath, [join(import.meta.dirname, "print-deployed-stacks.ts")], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  }),
);

/** The state of such a stack: secrets encrypted, everything else known. */
export function exportOf(registrations: readonly Registration[]): Json {
  return exported(
    registrations.map((r) => {
      const inputs = closed(r.props, [], r) as Json;
      const outputs = { ...(closed(r.outputs ?? {}, [], r) as Json), ...inputs };
      const provider = r.provider && `${r.provider}::0d9c-id`;
      return { ...r, ...(r.custom && { id: r.outputs?.["id"] ?? "0d9c-id" }), inputs, outputs, provider };
    }),
  );
}

function closed(value: unknown, path: readonly string[], of: Registration): unknown {
  const place = path.join(".");
  const holdsSecret = of.secretPaths.some((secret) => secret.startsWith(`${place}.`));
  // A provider gets inputs without marks; the engine marks what comes back, a list as a whole.
  if (
    [...of.secretPaths, ...of.additionalSecretOutputs].includes(place) ||
    (Array.isArray(value) && holdsSecret)
  ) {
    return secretOf({ ciphertext: canary });
  }
  if (typeof value !== "object" || value === null) return value;
  const part = (key: string, v: unknown) => closed(v, [...path, key], of);
  if (Array.isArray(value)) return value.map((v, i) => part(`${i}`, v));
  return { ...Object.fromEntries(Object.entries(value).map(([k, v]) => [k, part(k, v)])), __defaults: [] };
}
