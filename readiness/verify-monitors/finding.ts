/** What a question to Datadog came to. */
export type Outcome = "pass" | "fail" | "unknown";

export interface Finding {
  readonly asked: "validation" | "data" | "history" | "logs" | "index";
  readonly outcome: Outcome;
  readonly message: string;
}

/** A monitor, a metric of logs or an index, by its name in Datadog. */
export interface Subject {
  readonly kind: "monitor" | "logs metric" | "logs index";
  readonly name: string;
  readonly findings: readonly Finding[];
}

export interface VerifyReport {
  readonly stack: string;
  /** When it was asked, ISO 8601. */
  readonly at: string;
  readonly subjects: readonly Subject[];
}

/** The worst of some; unknown where nothing was found out. */
export function worst(findings: readonly Pick<Finding, "outcome">[]): Outcome {
  const order: readonly Outcome[] = ["fail", "unknown", "pass"];
  return order.find((outcome) => findings.some((f) => f.outcome === outcome)) ?? "unknown";
}

export function ofSubject({ findings }: Subject): Outcome {
  return worst(findings);
}
