/**
 * What a resource is known by: the id, ARN, names and addresses that a deployment has told, and before one the names
 * that the program itself gives on AWS, whose interfaces take names.
 */
import { remembered } from "./remembered.ts";
import type { Resource } from "./resource-data.ts";
import { isUnknownValue, whenReadable } from "./unknown-value.ts";

/** Whether a deployment has told who it is; without that nothing can be compared with it. */
export function isIdentified({ outputs }: Resource): boolean {
  return Boolean(whenReadable(() => outputs?.["id"]));
}

/** Names in AWS's interfaces; other vendors go by ids, and there a name proves nothing. */
const awsNames = ["name", "bucket", "identifier", "clusterIdentifier", "replicationGroupId"];
/** Outputs that tell a resource, or a part of it, from every other. */
const telling =
  /^(?:id|arn|fqdn|key|url|address|endpoint)$|(?:Id|Arn|Identifier|[dD]omainName|Address|Endpoint|Url|Key|Token)$/;
/** Outputs that many resources have in common. */
const shared = /^(?:owner|aws|account|availabilityZone|hostedZone|caCert)|(?:^r|R)egion$|^status$/;
/** What is read tells all in one: these are its own, and no other's whom it names. */
const ownOfRead = /^(?:address|endpoint|fqdn|resourceId)$/;

const isTelling = remembered((key) => telling.test(key));
const isShared = remembered((key) => shared.test(key));

/** Everything that stands for this resource and for no other, its own id and ARN first. */
export function namesOf(resource: Resource): readonly string[] {
  const { type, props, outputs = {}, read } = resource;
  // A generated value has an id such as "none".
  if (type.startsWith("random:")) return textsAt(outputs, ["result", "hex", "b64Std"]);
  // What the program has chosen, or has of others, is not the resource's own.
  const told = Object.keys(outputs).filter((key) =>
    read && key in props ? ownOfRead.test(key) : isTelling(key) && !isShared(key) && !(key in props),
  );
  const given = type.startsWith("aws:") ? awsNames.filter((key) => isOwn(key, type)) : [];
  return [
    ...textsAt(outputs, ["id", "arn"]),
    ...textsAt(outputs, told),
    ...textsAt(outputs, given),
    ...textsAt(props, given),
  ];
}

/** `bucket` is a bucket's own name, and of a bucket policy the bucket that it is for. */
function isOwn(key: string, type: string): boolean {
  const kind = key.replace(/(Id|Identifier)$/, "").toLowerCase();
  return kind === "name" || kind === "identifier" || type.toLowerCase().endsWith(`:${kind}`);
}

function textsAt(values: Readonly<Record<string, unknown>>, keys: readonly string[]): readonly string[] {
  return keys
    .map((key) => whenReadable(() => values[key]))
    .filter((value) => typeof value === "string" && value !== "") as string[];
}

/** What stands in a property: its texts, and what these are made of. */
interface Said {
  readonly whole: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
}

/**
 * Whether what is said is something that a resource's deployment has told of it.
 * @param alone and, as far as can be seen, of no other
 */
export function isSaid(
  { type, props, outputs = {} }: Resource,
  { whole, parts }: Said,
  { alone }: { readonly alone: boolean },
): boolean {
  const id = String(whenReadable(() => outputs["id"]));
  // Some vendors count their ids from one.
  if (/^\d+$/.test(id) && parts.has(id)) return true;
  const byName = type.startsWith("aws:") || whole.size === 1;
  return Object.keys(outputs).some((key) => {
    if (alone && isShared(key)) return false;
    const names = isTelling(key) || (byName && /[nN]ame$/.test(key));
    if (!names && key in props) return false;
    return leavesOf(() => outputs[key]).texts.some((text) => whole.has(text) && (names || isPeculiar(text)));
  });
}

/** Words, small numbers, account numbers, addresses and regions: what may stand anywhere by chance. */
const ordinary =
  /^(?:.{0,5}|[A-Z]?[a-z]+|[a-z]+(?:[A-Z][a-z]*)+|\d{6}|\d{12}|\d+(?:\.\d+){1,3}(?:\/\d+)?|[a-z]{2}(?:-[a-z]+)+-\d[a-z]?)$/;

/** Whether a text means the same wherever it stands. */
export function isPeculiar(text: string): boolean {
  return !ordinary.test(text);
}

interface Leaves {
  /** Texts and numbers; no flags. */
  readonly texts: readonly string[];
  /** There are more, which are not known. */
  readonly open: boolean;
}

/** What a value holds at any depth. */
export function leavesOf(read: () => unknown): Leaves {
  const texts: string[] = [];
  let open = false;
  const visit = (readOne: () => unknown) => {
    try {
      const value = readOne();
      if (typeof value === "string" || typeof value === "number") texts.push(String(value));
      else if (typeof value === "object" && value !== null)
        for (const key of Object.keys(value)) visit(() => (value as Record<string, unknown>)[key]);
    } catch (error) {
      if (!isUnknownValue(error)) throw error;
      open = true;
    }
  };
  visit(read);
  return { texts, open };
}

/** What stands between words. */
const between = /[\s"'`\\,;()[\]{}<>|&=$!?#@]+/;

/** The parts of a text that may be names: words of a query, values and ARNs of a policy, hosts of an address. */
export function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (const word of text.split(between)) {
    let from = 0;
    for (let at = 0; at < word.length; at += 1) {
      if (word[at] !== ":" && word[at] !== "/") continue;
      parts.push(word.slice(0, at), word.slice(from, at));
      from = at + 1;
    }
    parts.push(word);
    if (from > 0) parts.push(word.slice(from));
  }
  return parts;
}
