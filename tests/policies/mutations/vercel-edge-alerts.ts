/** What is broken of the watch over Vercel's own edge: its alerts, and the metrics that its logs become. */
import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";

const variant = "Vercel's own edge, its domain in a zone at Cloudflare";
const monitor = (id: string) => ({ type: "datadog:index/monitor:Monitor", name: `platform-${id}` });
const metric = (pattern: string) => ({
  type: "datadog:index/logsMetric:LogsMetric",
  name: new RegExp(`-${pattern}$`),
});
const ask =
  (old: string, text: string): Change =>
  (r) =>
    set("query", String(r.props["query"]).replace(old, text))(r);

const alerts = [
  ["vercel-edge-errors", "a fifth of the answers has to fail", ask("- 0.01 *", "- 0.2 *")],
  ["vercel-edge-errors", "what visitors are refused is looked at", ask("edge_status:5*", "edge_status:4*")],
  ["vercel-edge-errors", "a day has to be bad", ask("last_1h", "last_1d")],
  [
    "vercel-edge-errors",
    "a hundred failures more",
    ask("> 15", "> 100"),
    set("monitorThresholds.critical", "100"),
  ],
  ["vercel-edge-unreachable", "half of the answers have to be missing", ask("- 0.05 *", "- 0.5 *")],
  ["vercel-edge-unreachable", "an hour has to be bad", ask("last_10m", "last_1h")],
  ["vercel-firewall-blocks-unusual", "what is let in is looked at", ask("firewall_blocks", "edge_requests")],
  ["vercel-firewall-blocks-unusual", "a band that holds everything", ask("'agile', 3", "'agile', 30")],
  [
    "vercel-edge-silent",
    "it can never be so silent",
    ask("< 1", "< 0"),
    set("monitorThresholds.critical", "0"),
  ],
] as const;

/** What else the same change breaks. */
const also: Readonly<Record<string, readonly string[]>> = {};

export const vercelEdgeAlertMutations: readonly Mutation[] = [
  ...alerts.map(([id, title, ...changes]) => ({
    rule: `${id}-alerted`,
    also: also[title] ?? [],
    title,
    variant,
    change: on(monitor(id), ...changes),
  })),
  {
    rule: "edge-answers-counted",
    title: "not by what was answered",
    variant,
    change: on(metric("edge-requests"), unset("groupBies.2")),
  },
  {
    rule: "edge-answers-counted",
    title: "of functions alone",
    variant,
    change: on(
      metric("edge-requests"),
      set("filter.query", "env:prod service:(portal) @source:lambda @proxy.statusCode:*"),
    ),
  },
  {
    rule: "log-metrics-complete",
    title: "a rate limit is no block",
    variant,
    change: on(
      metric("firewall-blocks"),
      set("filter.query", "env:prod service:(portal) @proxy.wafAction:(challenge OR deny)"),
    ),
  },
  {
    rule: "alerts-on-metrics-that-are-made",
    also: ["alerts-data-has-way-in"],
    title: "nothing counts what the edge gets no answer to",
    variant,
    change: drop(metric("edge-unreachable")),
  },
];
