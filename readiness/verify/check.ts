/** What a check of a running site came to. What was not seen is never well. */

/** `not asked`: said, and neither for nor against the site, such as a certificate where nobody speaks TLS. */
export type Outcome = "pass" | "fail" | "unknown" | "not asked";

export interface Check {
  /** What was looked at, such as `certificate`. */
  readonly check: string;
  /** What of the site: a path, a host, a class of endpoints. */
  readonly subject: string;
  readonly outcome: Outcome;
  /** What was seen; of a failure also what it must be. */
  readonly said: string;
}

/** Makes the checks of one kind. */
export interface Judge {
  pass(subject: string, said: string): Check;
  fail(subject: string, said: string): Check;
  unknown(subject: string, said: string): Check;
  notAsked(subject: string, said: string): Check;
}

export function judgeOf(check: string): Judge {
  const as = (outcome: Outcome) => (subject: string, said: string) => ({ check, subject, outcome, said });
  return { pass: as("pass"), fail: as("fail"), unknown: as("unknown"), notAsked: as("not asked") };
}
