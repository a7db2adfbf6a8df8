/** What of an answer may be written into a file that is committed: nothing that could be a secret. */

import { withheld } from "../inputs/withheld.ts";

/** Names the file of notes; nothing is noted where it is not set. */
export const notesVariable = "READINESS_FACTS_NOTES";

/** A line of it: that the program has begun, or what it was told. */
export type Note =
  | { readonly kind: "begin" }
  | {
      readonly kind: "function" | "resource";
      readonly token: string;
      readonly provider: string;
      readonly args: Record<string, never>;
      readonly answer: Record<string, never>;
    };

/** Stands in Pulumi's protocol for what is not known before the deployment. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Pulumi's mark on a value that is not plain, and what it says of a secret: sdk/go/common/resource/sig/sig.go. */
const mark = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";

const secretName =
  /pass(?:word|wd|phrase)|secret|token|credential|(?:private|access|api|auth|shared|ssh)_?key|connection_?(?:string|ur[il])|plaintext|\bpem\b|userData/i;
/** Names of what stands beside a secret and is none. */
const besideSecret = /^masterUserSecrets$|(?:Arn|Id|Name|Version|Type|Status|Enabled|At|Date)s?$/;
/** Functions that are there to give secrets away. */
const givesSecrets =
  /^[a-z]\w*(?:Secret|Parameter|Token|Password|Credential|AccessKey|Ciphertext|KeyPair|PrivateKey)/;
const secretText = /-----BEGIN [A-Z ]*PRIVATE KEY|^eyJ[\w-]+\.|:\/\/[^/\s:@]+:[^/\s@]+@|^AKIA[A-Z0-9]{12}/;

type Values = Readonly<Record<string, unknown>>;

/** @param token of the function or the resource's type */
export function withoutSecrets(token: string, answer: Values): Values {
  const whole = givesSecrets.test(token.split(":").at(-1) ?? "");
  return open(answer, whole) as Values;
}

function open(value: unknown, closed: boolean): unknown {
  if (typeof value === "string")
    return closed || value === unknown || secretText.test(value) ? withheld : value;
  if (Array.isArray(value)) return value.map((part) => open(part, closed));
  if (typeof value !== "object" || value === null) return value;
  if (mark in value) return Reflect.get(value, mark) === secret || closed ? withheld : null;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      open(part, closed || (secretName.test(key) && !besideSecret.test(key))),
    ]),
  );
}
