/** What a stack says of its names in the DNS: by its state, and before there is one by its program. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import type { WantedRecord } from "../../model/evidence/dns-records.ts";
import { StackError, UsageError } from "../errors.ts";
import { declaredStack } from "../inputs/declared-stack.ts";
import { ownersOf } from "../inputs/deployed-stack.ts";
import { readState, shownFile } from "../inputs/state-file.ts";
import type { DeclaredNames } from "./checks/records.ts";

type Outputs = Readonly<Record<string, unknown>>;

/**
 * @param state what `pulumi stack export` wrote of the stack
 * @throws UsageError for a state that cannot be read, or is another stack's
 */
export async function declaredNames(
  projectDir: string,
  spec: StackSpec,
  state: string | undefined,
): Promise<DeclaredNames> {
  const { domain, dns, stack } = spec;
  const about = { domain, ownZone: dns.kind === "route53" && dns.zoneId === undefined };
  // Cloudflare tells nobody by Pulumi which name servers it gave a zone; those of a new one are known once it is there.
  if (dns.kind === "cloudflare" || (about.ownZone && state === undefined)) return about;
  const outputs = state === undefined ? await ofProgram(projectDir, stack) : await ofState(state, stack);
  if (dns.kind === "route53") return { ...about, nameServers: texts(outputs["nameServers"]) };
  const wanted = outputs["dnsRecords"];
  if (Array.isArray(wanted) && wanted.every(isRecord) && wanted.length > 0) return { ...about, wanted };
  const unknown =
    state === undefined
      ? "the records that the stack asks for are known once it is deployed: give --state with what `pulumi stack export` writes"
      : `${shownFile(state)} has no output dnsRecords: export it from index.ts, and deploy`;
  return { ...about, wanted: { unknown } };
}

async function ofProgram(projectDir: string, stack: string): Promise<Outputs> {
  try {
    return (await declaredStack(projectDir, stack)).outputs;
  } catch (error) {
    // The site is looked at all the same.
    if (error instanceof StackError) return {};
    throw error;
  }
}

async function ofState(file: string, stack: string): Promise<Outputs> {
  const deployment = await readState(file);
  const owners = ownersOf(deployment);
  if (!owners.some((owner) => owner.stack === stack)) {
    const whose = owners.map((owner) => owner.stack).join(", ") || "nobody";
    throw new UsageError(`--state ${shownFile(file)} is of ${whose}, must be of ${stack}`);
  }
  return deployment.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === "string" && one.includes("."))
    ? value
    : undefined;
}

/** What is not known yet stands there as one word of Pulumi's. */
function isRecord(value: unknown): value is WantedRecord {
  const { name, type, value: content } = Object(value) as Readonly<Record<string, unknown>>;
  return (
    [name, type, content].every((text) => typeof text === "string" && text !== "") &&
    String(name).includes(".")
  );
}
