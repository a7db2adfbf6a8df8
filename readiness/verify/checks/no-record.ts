/** Why a name server has told nothing: answers that look alike to whoever asks for an address. */
import { CANCELLED, NODATA, NOTFOUND, SERVFAIL, TIMEOUT } from "node:dns";

const said: Readonly<Record<string, string>> = {
  [NOTFOUND]: "there is no such name (NXDOMAIN)",
  [NODATA]: "the name has no such record (NODATA)",
  [SERVFAIL]: "its name servers fail (SERVFAIL): signatures that do not fit, or a delegation to nobody",
  [TIMEOUT]: "no name server answers",
  [CANCELLED]: "no name server answers",
  EREFUSED: "its name servers refuse to answer (REFUSED)",
};

export function noRecord(code: string): string {
  return said[code] ?? `no answer (${code})`;
}
