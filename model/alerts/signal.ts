/** What an alert watches, as plain data: which measurement, over which window, compared with which numbers. */
import type { PageRole } from "../pages.ts";
import type { BurnRateAlert } from "../service-levels/burn-rate.ts";
import type { EndpointClass } from "../service-levels/targets.ts";

/** One metric of Datadog, such as `sum:trace.http.server.request.hits{env:prod,service:portal}.as_count()`. */
export interface Series {
  /** How values of the same moment are combined; percentiles and counts exist for distribution metrics only. */
  readonly aggregate: "avg" | "sum" | "min" | "max" | "count" | "p50" | "p95" | "p99";
  readonly metric: string;
  /** Tags that select it, all of them; `!key` leaves out what has the tag. */
  readonly filter: Readonly<Record<string, string>>;
  /** One line for each value of these tags. */
  readonly by?: readonly string[];
  /** For metrics that count: events in each interval, or a second. */
  readonly as?: "count" | "rate";
}

/** A series by itself; `100 × part / whole`, several wholes added up; or how many lines of a series report. */
export type Expression =
  | { readonly series: Series }
  | { readonly part: Series; readonly whole: readonly Series[] | number }
  | { readonly reporting: Series };

export type Comparator = ">" | "<";

/** The values at which an alert fires, warns and is over, in the signal's unit. */
export interface Thresholds {
  readonly critical: number;
  /** Told in the chat, pages nobody. */
  readonly warning?: number;
  /** An alert that fired is over beyond this; the gap to `critical` keeps it from flapping. */
  readonly recovery?: number;
}

/**
 * What no data means (Datadog's `onMissingData`): that nothing is wrong (`resolve`), that a count is zero
 * (`default`), that we cannot know (`show_no_data`), or that this is itself the fault
 * (`show_and_notify_no_data`). The values are those of Datadog's API; the SDK's doc comments camel-case them.
 */
export type MissingData = "resolve" | "default" | "show_no_data" | "show_and_notify_no_data";

interface Threshold {
  readonly windowMinutes: number;
  readonly comparator: Comparator;
  readonly thresholds: Thresholds;
  /** Of the value and the thresholds; empty for a plain number. */
  readonly unit: "s" | "ms" | "ns" | "%" | "bytes" | "requests" | "";
  readonly onMissingData: MissingData;
}

interface Metric {
  /** Tells it from the other signals of its row, such as a job's name. */
  readonly name?: string;
  readonly expression: Expression;
  /** How much older than now the window ends, in seconds, because the metric arrives late. */
  readonly evaluationDelaySeconds: number;
}

/** A metric beyond a threshold. */
export interface MetricSignal extends Threshold, Metric {
  readonly kind: "metric";
  /** Of what comes by a clock, such as a job: minutes from one to the next. */
  readonly everyMinutes?: number;
  /** How the values of the window are combined; percentile series want `percentile`. */
  readonly over: "avg" | "sum" | "min" | "max" | "percentile";
  /**
   * Of a share of counted events: how many more than the critical share it takes, or a single bad one among a few
   * fires at night. It is over where the share is back at `critical`.
   */
  readonly more?: number;
}

/** A metric that will be beyond a threshold within a week, if it goes on as in the week before. */
export interface ForecastSignal extends Omit<Threshold, "windowMinutes">, Metric {
  readonly kind: "forecast";
}

/** A metric that leaves the band of what is usual at this hour of the week, or of the day. */
export interface AnomalySignal extends Metric {
  readonly kind: "anomaly";
  readonly direction: "above" | "below" | "both";
  /** What comes back. Datadog learns for three of them before it can fire: three days, or three weeks. */
  readonly season: "daily" | "weekly";
  /** It fires where every value of so many minutes is unusual, and is over where none is. */
  readonly windowMinutes: number;
  readonly onMissingData: MissingData;
}

/** Events of Real User Monitoring or CI Visibility, counted or measured. */
export interface EventSignal extends Threshold {
  readonly kind: "rum" | "ci-pipelines";
  readonly search: string;
  readonly compute:
    | { readonly aggregate: "count" }
    | { readonly aggregate: "pc75"; readonly attribute: string };
}

/**
 * The error budget of an objective is spent `rate` times as fast as it lasts, over both windows. Not of uptime:
 * Datadog gives no burn rate to objectives of synthetic checks.
 */
export interface BurnRateSignal extends BurnRateAlert {
  readonly kind: "burn-rate";
  /** Tells it from the other signals of its row. */
  readonly name?: string;
  readonly objective: "availability" | `latency-${EndpointClass}`;
}

/** So much of the error budget of an objective's 30 days is spent, in percent. */
export interface ErrorBudgetSignal {
  readonly kind: "error-budget";
  readonly objective: "availability";
  readonly thresholds: Thresholds;
}

/** A synthetic check that fails. */
export interface CheckSignal {
  readonly kind: "check";
  readonly check: SyntheticCheck;
}

export type Signal =
  | MetricSignal
  | ForecastSignal
  | AnomalySignal
  | EventSignal
  | BurnRateSignal
  | ErrorBudgetSignal
  | CheckSignal;

interface CheckBase {
  /** Such as `login`; distinct within one alert of a service. */
  readonly name: string;
  readonly intervalSeconds: number;
  /** Fewer failing locations than this are a network's fault, not the product's. */
  readonly minLocationsFailed: number;
}

/** A request that a visitor without an account could send, and what must come back. */
export interface HttpCheck extends CheckBase {
  readonly type: "http";
  /** What the page that it asks for is for. */
  readonly roles?: readonly PageRole[];
  readonly url: string;
  readonly maxResponseMs: number;
  /** Of the only answer that is right; a redirect is not followed. */
  readonly status: number;
  /** Where a redirect leads. */
  readonly location?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Name of the secret that is sent as the header Authorization. */
  readonly authentication?: string;
  /** The body must say that the service is healthy, not only the status code. */
  readonly healthBody: boolean;
  /** It has to fail for so long. */
  readonly minFailureSeconds?: number;
}

/** The host's certificate must last. */
export interface CertificateCheck extends CheckBase {
  readonly type: "certificate";
  readonly host: string;
  readonly minDaysLeft: number;
}

export type SyntheticCheck = HttpCheck | CertificateCheck;
