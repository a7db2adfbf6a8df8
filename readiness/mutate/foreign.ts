/** What an outsider would put in a value's place: of the same shape, and of somebody else. */
import { unknownValue } from "../engine/wire.ts";
import { isFields, isStatement, opened } from "./places.ts";

const account = "999999999999";
const adminPolicy = "arn:aws:iam::aws:policy/AdministratorAccess";

const everything = { Effect: "Allow", Principal: { AWS: "*" }, Action: "*", Resource: "*" };

/** Text by its shape: what it is, and what stands for another of its kind. */
const shapes: readonly (readonly [shape: RegExp, foreign: (text: string) => string])[] = [
  [/^arn:aws[\w-]*:iam::(aws|\d*):policy\//, () => adminPolicy],
  [/^arn:aws/, (arn) => arn.replace(/^(arn:[^:]*:[^:]*:[^:]*:)[^:]*:.*$/, `$1${account}:foreign`)],
  [/^\d+\.\d+\.\d+\.\d+\/\d+$/, () => "0.0.0.0/0"],
  [/^[\da-f:]+\/\d+$/i, () => "::/0"],
  [/^\d{12}$/, () => account],
  [/^https?:\/\//, () => "http://elsewhere.example.org/"],
  [/^[^@\s]+@[^@\s]+\.[a-z]+$/, () => "somebody@elsewhere.example.org"],
  [/^@[\w-]+$/, () => "@nobody-there"],
  [/^repo:/, () => "repo:*"],
  // `cache.r7g.large` and `incident.resolved` are no hosts.
  [
    /^([a-z\d-]+\.)+(com|org|net|info|app|dev|cloud|example|test|[a-z]{2})\.?$/,
    () => "elsewhere.example.org",
  ],
];

/** Words that come in pairs, of which one is the weaker, whichever. */
const pairs = [
  ["Enabled", "Disabled"],
  ["ENABLED", "DISABLED"],
  ["enabled", "disabled"],
  ["on", "off"],
  ["true", "false"],
  ["Allow", "Deny"],
  ["allow", "deny"],
  ["high", "low"],
  ["require", "disable"],
] as const;

/** A known text that says the opposite; undefined where it has none. */
export function opposite(text: string): string | undefined {
  const pair = pairs.find((p) => p.some((word) => word === text));
  return pair?.find((word) => word !== text);
}

/**
 * Another of the same kind; undefined where the text is of no kind that could be somebody else's.
 * @param key what the value stands under, which tells the kind of one that is not known yet
 */
export function foreign(text: string, key: string): unknown {
  if (text === unknownValue) return foreignReference(key);
  return shapes.find(([shape]) => shape.test(text))?.[1](text);
}

export function foreignReference(key: string): unknown {
  if (/policy$/i.test(key)) return { Version: "2012-10-17", Statement: [everything] };
  if (/boundary|policyArns?$/i.test(key)) return adminPolicy;
  if (/arns?$/i.test(key)) return `arn:aws:sts::${account}:foreign`;
  if (/cidr/i.test(key)) return "0.0.0.0/0";
  return "foreign-0a1b2c3d4e";
}

/** Lists in which vendors take a `*` for everything; the words of others are a vocabulary of theirs. */
const takesAll =
  /action|address|allow|audience|cidr|client|domain|exclu|exempt|header|host|ignore|ip|member|origin|path|permission|principal|resource|role|scope|source|subject|target|user/i;

/** One more element for a list, as permissive as its siblings' shape allows; undefined where none is laxer. */
export function widening(list: readonly unknown[], key: string): unknown {
  const more = anotherLike(list[0], key);
  const known = new Set(list.map((element) => JSON.stringify(element)));
  return known.has(JSON.stringify(more)) ? undefined : more;
}

function anotherLike(sample: unknown, key: string): unknown {
  if (isStatement(sample)) return everything;
  if (typeof sample === "number") return 1e9;
  if (isFields(sample)) return permissive(sample, key);
  const own = typeof sample === "string" ? foreign(sample, key) : undefined;
  if (own !== undefined) return own;
  if (/cidr/i.test(key)) return "0.0.0.0/0";
  return takesAll.test(key) ? "*" : undefined;
}

/**
 * A value with every switch turned, every list widened and every reference somebody else's.
 * @param linked references stay what they are
 */
export function permissive(value: unknown, key: string, linked = false): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "string") {
    if (linked && value === unknownValue) return value;
    const inner = opened(value);
    if (inner !== value) return JSON.stringify(permissive(inner, key, linked));
    return foreign(value, key) ?? value;
  }
  if (isStatement(value)) return everything;
  if (Array.isArray(value)) {
    const parts = value.map((part) => permissive(part, key, linked));
    const more = isFields(value[0]) ? undefined : widening(value, key);
    return more === undefined ? parts : [...parts, more];
  }
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([k, part]) => [k, permissive(part, k, linked)]));
}
