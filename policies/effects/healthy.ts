/**
 * What a healthy service makes of each metric: so many of its requests are bad ones of that kind. Where nobody has
 * declared how many, the number is an assumption, and says so.
 */
import type { Series } from "./metric-expression.ts";

/** What is known of the service that a query is about. */
export interface Health {
  /** Requests a minute, those of the checks among them. */
  readonly perMinute: number;
  /** Those of the checks, which come by a clock. */
  readonly checksPerMinute: number;
  /** Of requests, in percent, that fail. */
  readonly errorPercent: number;
}

/** Events of one kind that a request brings. */
export interface Population {
  /** For each request, such as a fifth where a class of endpoints is a fifth of them. */
  readonly perRequest: number;
  /** Of these, in percent, that are bad; nothing where the query's own thresholds tell. */
  readonly badPercent?: number | undefined;
}

/** A metric that says what something is like at a moment: no chance, and no traffic, moves it. */
export interface Standing {
  readonly why: string;
}

/** Five classes of endpoints share the requests, as long as nobody has measured them. */
const classes = 5;
/** Assumed: of requests that are logins with a wrong password, of pages with a script that breaks. */
const usualMishaps = 1;
/** Assumed: a page is one of five requests. */
const pages = 0.2;

type Row = readonly [metric: RegExp, of: (health: Health) => Population | Standing];

const failures = ({ errorPercent }: Health): Population => ({ perRequest: 1, badPercent: errorPercent });
const state = (why: string) => (): Standing => ({ why });
const itself = state("each one is the fault itself, and none comes by chance");
const machine = state("it measures the state of a machine, which no single request moves");

const metrics: readonly Row[] = [
  [/^trace\.(http\.server\.request|postgresql\.query|redis\.query)(\.errors|\.hits.*)?$/, failures],
  [
    /\.request\.(duration|failed)$/,
    ({ errorPercent }) => ({ perRequest: 1 / classes, badPercent: errorPercent }),
  ],
  [/\.logs\.(build_failures)$/, itself],
  [/\.logs\.(login_failures)$/, () => ({ perRequest: 1, badPercent: usualMishaps })],
  [/\.logs\.(errors|requests|edge_requests)$/, failures],
  // Whatever of these happens fails its request; assumed: a tenth of the failures, and a hundredth.
  [
    /\.logs\.(function_\w+|edge_unreachable)$/,
    ({ errorPercent }) => ({ perRequest: 1, badPercent: errorPercent / 10 }),
  ],
  [
    /\.logs\.(deadlocks|database_\w+)$/,
    ({ errorPercent }) => ({ perRequest: 1, badPercent: errorPercent / 100 }),
  ],
  [/^aws\.cloudfront\.5xx_error_rate$/, failures],
  [/^aws\.elasticache\.cache_(hits|misses)$/, () => ({ perRequest: 1 })],
  [
    /^aws\.backup\.number_of_.*_completed$/,
    state("backups come by a clock, and each one that is missing counts"),
  ],
  [/^aws\.s3\.bytes_uploaded$/, state("dumps come by a clock, and each one that is missing counts")],
  [/^aws\.backup\./, itself],
  [/^aws\.certificatemanager\./, state("days pass by the calendar")],
  [
    /^aws\.cloudfront\.(4xx_error_rate|origin_latency)$/,
    state("what it is about is moved by many requests at once"),
  ],
  [/^aws\.wafv2\.|\.logs\.firewall_blocks$/, state("attacks come from people, not by chance")],
  [
    /^datadog\.estimated_usage\./,
    state("it measures how much is logged, of which single requests are nothing"),
  ],
  [/^(aws\.(rds|elasticache)|nodejs|v8js|db\.client)\./, machine],
];

const events: readonly Row[] = [
  [/^rum @type:error$/, () => ({ perRequest: pages, badPercent: usualMishaps })],
  [/^rum @type:view$/, () => ({ perRequest: pages })],
  [/^ci-pipelines/, itself],
];

/** Nothing for a metric that no row knows. */
export function populationOf({ metric }: Pick<Series, "metric">, health: Health) {
  return metrics.find(([known]) => known.test(metric))?.[1](health);
}

/** Of events, by their source and type: `rum @type:view`. */
export function populationOfEvents(kind: string, health: Health) {
  return events.find(([known]) => known.test(kind))?.[1](health);
}
