/** The records that a stack asks for where somebody else keeps them, and what leads to a zone of its own. */
import { type CaaRecord, NODATA, NOTFOUND, Resolver } from "node:dns";
import { promisify } from "node:util";
import {
  judgeRecord,
  plainName,
  type RecordLook,
  type WantedRecord,
} from "../../../model/evidence/dns-records.ts";
import { type Check, judgeOf } from "../check.ts";
import { noRecord } from "./no-record.ts";

const records = judgeOf("records");
const delegation = judgeOf("delegation");

const patience = { timeout: 2_000, tries: 2 };
const asked = ["A", "AAAA", "CNAME", "CAA", "NS", "TXT"];

/** What a stack says of its names in the DNS. */
export interface DeclaredNames {
  readonly domain: string;
  /** What somebody else has to declare; nothing where the stack does, or why nobody knows. */
  readonly wanted?: readonly WantedRecord[] | { readonly unknown: string } | undefined;
  /** Of the zone that the stack's records are in, where they are known. */
  readonly nameServers?: readonly string[] | undefined;
  /** Whether that zone is of the domain's name, and not of one above it. */
  readonly ownZone?: boolean;
}

export interface SeenRecords {
  readonly checks: readonly Check[];
  readonly looks: readonly RecordLook[];
}

export async function recordsOf(
  { domain, wanted = [], nameServers = [], ownZone = false }: DeclaredNames,
  servers: readonly string[] | undefined,
): Promise<SeenRecords> {
  if ("unknown" in wanted) return { checks: [records.unknown(domain, wanted.unknown)], looks: [] };
  const resolver = new Resolver(patience);
  if (servers) resolver.setServers(servers);
  const looks = await Promise.all(questions(wanted).map((question) => look(resolver, question)));
  const delegated =
    nameServers.length > 0 ? [await delegationOf(resolver, domain, nameServers, ownZone)] : [];
  return {
    checks: [...looks.map((one) => said(records, one)), ...delegated.map((one) => said(delegation, one))],
    looks,
  };
}

function said(judge: ReturnType<typeof judgeOf>, look: RecordLook): Check {
  const { outcome, said } = judgeRecord(look);
  return judge[outcome](`${look.name} ${look.type}`, said);
}

type Question = Pick<RecordLook, "name" | "type" | "expected">;

/** One for each name and type. Beside an address of one family, customers of the other must not be led elsewhere. */
function questions(wanted: readonly WantedRecord[]): readonly Question[] {
  const groups = Map.groupBy(wanted, ({ name, type }) => `${plainName(name)} ${type}`);
  return [...groups.values()].flatMap((group) => {
    const [{ name, type }] = group as [WantedRecord];
    const question = { name: plainName(name), type, expected: group.map(({ value }) => value) };
    const other = { A: "AAAA", AAAA: "A" }[type];
    return other === undefined || groups.has(`${question.name} ${other}`)
      ? [question]
      : [question, { name: question.name, type: other, expected: [] }];
  });
}

async function look(resolver: Resolver, question: Question): Promise<RecordLook> {
  const { name, type, expected } = question;
  if (!asked.includes(type)) {
    return {
      ...question,
      found: null,
      problem: `${type} is nothing that is looked up here`,
      addresses: null,
    };
  }
  // The nearest name with such records speaks for those below it (RFC 8659, 3).
  const answer = type === "CAA" ? await nearest(resolver, name, type) : await ask(resolver, name, type);
  const flattened = type === "CNAME" && "records" in answer && answer.records.length === 0;
  return {
    ...question,
    ...("records" in answer
      ? { found: answer.records, problem: null }
      : { found: null, problem: answer.problem }),
    addresses: flattened
      ? {
          found: await addressesAt(resolver, name),
          target: await addressesAt(resolver, plainName(expected[0] ?? "")),
        }
      : null,
  };
}

/** The zone's own servers answer for it as whoever keeps its parent has led there. */
async function delegationOf(
  resolver: Resolver,
  domain: string,
  nameServers: readonly string[],
  ownZone: boolean,
): Promise<RecordLook> {
  const answer = ownZone ? await ask(resolver, domain, "NS") : await nearest(resolver, domain, "NS");
  const about = { name: domain, type: "NS", expected: nameServers, addresses: null };
  return "records" in answer
    ? { ...about, found: answer.records, problem: null }
    : { ...about, found: null, problem: answer.problem };
}

type Answer = { readonly records: readonly string[] } | { readonly problem: string };

/** None where there is no such name, or no such record. */
async function ask(resolver: Resolver, name: string, type: string): Promise<Answer> {
  const resolve = promisify(
    resolver.resolve.bind(resolver) as (name: string, type: string, done: Done) => void,
  );
  try {
    const found = (await resolve(name, type)) as readonly unknown[];
    return { records: found.map((one) => textOf(one)).filter((text) => text !== "") };
  } catch (error) {
    const code = String(Object(error).code);
    return code === NODATA || code === NOTFOUND ? { records: [] } : { problem: noRecord(code) };
  }
}
type Done = (error: Error | null, records?: unknown) => void;

async function nearest(resolver: Resolver, host: string, type: string): Promise<Answer> {
  for (let name = host; name.includes("."); name = name.slice(name.indexOf(".") + 1)) {
    const answer = await ask(resolver, name, type);
    if ("problem" in answer || answer.records.length > 0) return answer;
  }
  return { records: [] };
}

async function addressesAt(resolver: Resolver, name: string): Promise<readonly string[]> {
  const answers = await Promise.all(["A", "AAAA"].map((type) => ask(resolver, name, type)));
  return answers.flatMap((answer) => ("records" in answer ? answer.records : []));
}

/** As zone files have it. Of CAA only what says who may issue. */
function textOf(record: unknown): string {
  if (typeof record === "string") return record;
  if (Array.isArray(record)) return record.join("");
  const { critical = 0, issue, issuewild } = record as CaaRecord;
  if (issue !== undefined) return `${critical} issue "${issue}"`;
  return issuewild === undefined ? "" : `${critical} issuewild "${issuewild}"`;
}
