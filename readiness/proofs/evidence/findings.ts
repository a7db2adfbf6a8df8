/** What evidence proves of a release, and why the rest of it proves nothing. */
import { basename, join } from "node:path";
import { checklist } from "../../../model/checklist/checklist.ts";
import {
  fits,
  type Need,
  type NeededItem,
  neededItems,
  needOf,
  type Occasion,
  type Part,
} from "../../../model/checklist/needs.ts";
import type { Fault } from "../../../model/evidence/scope.ts";
import type { Finding } from "../../../model/finding.ts";
import type { Release } from "../release.ts";
import { type Filed, isReadable, pathOf, type ReadableFile, rawFolder, statementsOf } from "./folder.ts";
import { formats as everyFormat } from "./formats.ts";
import { type EvidenceSpec, type Frame, frameOf, serviceNames } from "./frame.ts";
import { readInside } from "./inside.ts";
import type { Unreadable } from "./reading.ts";
import { type Formats, type Recomputed, recompute } from "./recompute.ts";
import { expiry, isBound, measuredBy, misclaim, shortfall, stale } from "./shortfall.ts";
import { signatureOf, type Trust } from "./signature.ts";
import { commitOf } from "./statement.ts";

export interface EvidenceInput extends Trust {
  readonly stack: string;
  readonly spec: EvidenceSpec;
  readonly release: Release;
  /** Where evidence lies, `<directory>/<service>/<commit>/`; none is there where the folder is missing. */
  readonly directory: string;
  /** Whether a statement without any signature counts. */
  readonly acceptUnsigned: boolean;
  readonly occasion: Occasion;
  /** By name; every one of ours where absent. */
  readonly formats?: Formats;
}

/**
 * Judges the evidence of each item. An item without any has no finding; once one of its services or parts has some,
 * the others have to have it too. Of several statements of the same, the newest decides.
 */
export async function evidenceFindings(input: EvidenceInput): Promise<readonly Finding[]> {
  const gate = new Gate(input);
  const findings = await Promise.all(neededItems.map((item) => gate.judge(item)));
  return findings.flat();
}

/** A statement that proves something, or the reason why it does not. */
type Judged = ({ readonly proven: Recomputed; readonly signed: boolean } | Fault) & Pick<Finding, "measured">;

class Gate {
  readonly #input: EvidenceInput;
  readonly #folders = new Map<string, ReturnType<typeof statementsOf>>();
  readonly #signatures = new Map<string, ReturnType<typeof signatureOf>>();

  constructor(input: EvidenceInput) {
    this.#input = input;
  }

  async judge(item: NeededItem): Promise<readonly Finding[]> {
    const { spec, release, stack, directory } = this.#input;
    const need = needOf(item);
    const services = await Promise.all(
      serviceNames(need, spec).map(async (service) => ({ service, folder: await this.#folder(service) })),
    );
    const all = services.map(({ service, folder }) => ({
      service,
      folder:
        "problem" in folder ? folder : folder.files.filter((f) => concerns(f, item, need, service, release)),
    }));
    if (all.every(({ folder }) => !("problem" in folder) && folder.length === 0)) return [];
    const findings = all.map(async ({ service, folder }) => {
      const frame = release.stack === stack ? frameOf(service, spec, release) : undefined;
      const [first] = need.parts;
      const about = { item, part: first as Part, service, subject: service };
      if ("problem" in folder) {
        const fault = { observed: folder.problem, wanted: "readable" };
        return [refused({ ...about, subject: join(basename(directory), service) }, fault)];
      }
      if (!frame) {
        const fault = {
          observed: `the release is of ${release.stack}, with ${Object.keys(release.services).join(", ")}`,
          wanted: `of ${stack}, with ${service}`,
        };
        return [refused(about, fault)];
      }
      return Promise.all(need.parts.map((part) => this.#part({ ...about, part }, need, frame, folder)));
    });
    return distinct((await Promise.all(findings)).flat());
  }

  /** One part of an item for one service. */
  async #part(about: About, need: Need, frame: Frame, files: readonly Filed[]): Promise<Finding> {
    const { part, service } = about;
    const own = files.filter((f) => !isReadable(f) || isOf(f, part));
    const [anything] = newest(own);
    if (!anything) {
      return refused(about, { observed: `${service} has no ${part.name}`, wanted: "handed in too" });
    }
    const schema = await this.#schema(frame);
    const bound = own.filter((f) => !isReadable(f) || isBound(f.content, need, frame, schema));
    const [last] = newest(bound);
    if (!last) {
      const commit = isReadable(anything) ? commitOf(anything.content) : anything.folder[1];
      const wanted = need.binding === "schema" ? ", or of one with its schema (--schema)" : "";
      return refused(this.#at(about, anything), {
        observed: `it is of commit ${commit}`,
        wanted: `of ${frame.commit}${wanted}`,
      });
    }
    const there = bound.filter(
      (f) => !isReadable(f) || need.environments.includes(f.content.predicate.environment),
    );
    const deciding = newest(there);
    if (deciding.length === 0) {
      const { environment } = isReadable(last) ? last.content.predicate : { environment: "nowhere" };
      return refused(this.#at(about, last), {
        observed: `it is of ${environment}`,
        wanted: `of ${need.environments.join(" or ")}`,
      });
    }
    const judged = await Promise.all(
      deciding.map(async (filed) => ({ filed, said: await this.#statement(filed, part, need, frame) })),
    );
    // Of the same second, the worst decides.
    const { filed, said } = judged.find((j) => !("proven" in j.said)) ?? (judged[0] as (typeof judged)[0]);
    const at = isReadable(filed) ? { at: filed.content.predicate.finishedAt } : {};
    return { ...at, ...this.#finding(this.#at(about, filed), need, said) };
  }

  async #statement(filed: Filed, part: Part, need: Need, frame: Frame): Promise<Judged> {
    const { directory, now, occasion, acceptUnsigned, formats = everyFormat } = this.#input;
    if (!isReadable(filed)) {
      return { observed: (filed.content as Unreadable).problem, wanted: "a statement that `evidence` wrote" };
    }
    const claim = misclaim(filed.content, need, frame, now);
    if (claim) return claim;
    const signature = await this.#signature(filed);
    if ("problem" in signature)
      return { observed: signature.problem, wanted: "signed by a signer of its service" };
    if (!signature.signed && !acceptUnsigned) {
      return { observed: "it is not signed", wanted: "signed by a signer of its service (--sign KEY)" };
    }
    const raw = (sha256: string) => readInside(directory, [...filed.folder, rawFolder, sha256]);
    const proven = await recompute(filed.content, formats, raw);
    if ("problem" in proven) return { observed: proven.problem, wanted: "as the tool wrote it" };
    const fault = shortfall(part, filed.content, proven, frame) ?? stale(need, occasion, proven.at, now);
    return {
      ...(fault ?? { proven, signed: signature.signed }),
      ...measuredBy(part, filed.content, proven, frame),
    };
  }

  #finding(about: About, need: Need, said: Judged): Finding {
    const { measured } = said;
    if (!("proven" in said)) return { ...refused(about, said), ...(measured && { measured }) };
    const { at, tools } = said.proven;
    const until = expiry(need, this.#input.occasion, at);
    return {
      ...head(about),
      by: tools,
      outcome: "pass",
      observed: said.signed ? "" : "it is not signed, which readiness:evidence accepts",
      wanted: undefined,
      at: at.toISOString(),
      ...(until && { until: until.toISOString() }),
      ...(measured && { measured }),
    };
  }

  /** The database's schema of the released commit, as a signed statement of that commit has it. */
  async #schema({ service, commit }: Frame): Promise<string | undefined> {
    const folder = await this.#folder(service);
    if ("problem" in folder) return undefined;
    const telling = folder.files
      .filter(isReadable)
      .filter(({ content }) => commitOf(content) === commit && content.predicate.schema !== null);
    for (const filed of newest(telling)) {
      const signature = await this.#signature(filed);
      if ("problem" in signature || !(signature.signed || this.#input.acceptUnsigned)) return undefined;
    }
    const schemas = new Set(newest(telling).map(({ content }) => content.predicate.schema));
    const [schema] = schemas;
    return schemas.size === 1 ? (schema ?? undefined) : undefined;
  }

  #at(about: About, filed: Filed): About {
    return { ...about, subject: join(basename(this.#input.directory), pathOf(filed)) };
  }

  #folder(service: string): ReturnType<typeof statementsOf> {
    return remembered(this.#folders, service, () => statementsOf(this.#input.directory, service));
  }

  #signature(filed: ReadableFile): ReturnType<typeof signatureOf> {
    return remembered(this.#signatures, pathOf(filed), () =>
      signatureOf(this.#input.directory, filed, this.#input),
    );
  }
}

/** Which part of which item a finding is about. */
interface About {
  readonly item: NeededItem;
  readonly part: Part;
  readonly service: string;
  readonly subject: string;
}

/** Whether a file is, or may be, about an item; of what cannot be read, other commits' matter where they could count. */
function concerns(filed: Filed, item: NeededItem, need: Need, service: string, release: Release): boolean {
  if (filed.item !== undefined && filed.item !== item) return false;
  if (isReadable(filed) || need.binding !== "commit") return true;
  const [, commit] = filed.folder;
  const released = release.services[service]?.commit ?? release.commit;
  return commit === released || !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit);
}

function isOf({ content }: ReadableFile, part: Part): boolean {
  const { suite, runs } = content.predicate;
  return suite === part.suite && runs.some(({ summary }) => fits(part, summary));
}

/** Those of the latest time; several where they are of the same. */
function newest<F extends Filed>(files: readonly F[]): readonly F[] {
  const last = files.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
  return files.filter(({ at }) => at === last);
}

function refused(about: About, { observed, wanted }: Fault): Finding {
  const { part, service } = about;
  const remedy = `Hand the ${part.name} in anew: \`${part.handIn.replaceAll("SERVICE", service)}\``;
  return { ...head(about), by: part.name, outcome: "fail", observed, wanted, remedy };
}

const kinds = new Map(checklist.map(({ id, proof }) => [id, proof]));

function head({ item, subject }: About) {
  return { item, kind: kinds.get(item) ?? "evidence", subject, urn: undefined, source: undefined } as const;
}

/** A file that cannot be read fails each part of its item, and is told once. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((f) => [`${f.outcome} ${f.by} ${f.subject} ${f.observed}`, f])).values()];
}

function remembered<V>(of: Map<string, V>, key: string, make: () => V): V {
  const known = of.get(key) ?? make();
  of.set(key, known);
  return known;
}
