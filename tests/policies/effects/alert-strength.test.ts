import { expect, it } from "vitest";
import { type Watch, weaknesses } from "../../../policies/effects/alert-strength.ts";
import { parseQuery } from "../../../policies/effects/monitor-query.ts";

const watch: Watch = {
  direction: "above",
  about: ["errors", "hits", "used", "total", "@type:error", "code:5*"],
  within: 3600,
  capacity: 400,
};

function told(text: string, change: Partial<Watch> = {}): readonly string[] {
  const query = parseQuery(text);
  if (!query || query.kind === "objective") throw new Error(`unreadable: ${text}`);
  return weaknesses(query, { ...watch, ...change }).map((w) => ("doubt" in w ? `? ${w.doubt}` : w.observed));
}

it.each([
  "sum(last_5m):sum:app.errors{env:prod,service:a}.as_count() > 1",
  "sum(last_5m):sum:app.errors{env:prod,code:5*}.as_count() > 1",
  "sum(last_5m):100 * default_zero(sum:a.errors{env:prod}.as_count()) / sum:a.hits{env:prod}.as_count() > 1",
  "sum(last_5m):100 * sum:a.errors{*}.as_count() / (sum:a.errors{*}.as_count() + sum:a.hits{*}.as_count()) > 1",
  "avg(last_5m):100 * max:a.used{env:prod} by {host} / 400 > 1",
  "avg(last_4h):anomalies(avg:a.errors{*}, 'agile', 2, alert_window='last_15m') >= 1",
  'rum("@type:error env:prod service:a").rollup("count").last("5m") > 1',
])("%s notices what it should", (query) => {
  expect(told(query)).toEqual([]);
});

it.each([
  ["sum(last_5m):sum:a.errors{host:a}.as_count() > 1", "it looks at host:a only"],
  ["sum(last_5m):sum:a.errors{!env:prod}.as_count() > 1", "it looks at all but env:prod only"],
  ["sum(last_5m):sum:a.errors{*} by {host}.as_count() > 1", "it counts for each host apart"],
  ["sum(last_5m):sum:a.errors{*} > 1", "it adds up rates"],
  ["min(last_5m):avg:a.used{*} > 1", "it takes the min of its window"],
  ["avg(last_5m):min:a.used{*} > 1", "it takes the min of all"],
  ["avg(last_2h):avg:a.used{*} > 1", "its window is 7200 s"],
  ["avg(last_5m):avg:a.other{*} > 1", "it measures avg:a.other"],
  ["avg(last_5m):avg:a.used{*}.rollup(min, 3600) > 1", "? what .rollup() makes of a.used"],
  [
    "avg(last_5m):10 * avg:a.used{*} / avg:a.total{*} > 1",
    "? its query computes something that no rule knows",
  ],
  ["avg(last_5m):avg:a.used{*} / 100 > 1", "? its query computes something that no rule knows"],
  [
    "sum(last_5m):100 * sum:a.errors{*}.as_count() / (sum:a.hits{*}.as_count() + sum:a.hits{*}.as_count()) > 1",
    "? its query computes something that no rule knows",
  ],
  ["avg(last_5m):100 * avg:a.used{*} / 4000 > 1", "it divides by 4000"],
  [
    "avg(last_4h):anomalies(avg:a.errors{*}, 'agile', 2, direction='below', alert_window='last_15m') >= 1",
    "it looks at what is below its band alone",
  ],
  ["avg(last_4h):anomalies(avg:a.errors{*}, 'agile', 2) >= 1", "its alert window is not set or too long"],
  [
    "avg(last_4h):anomalies(avg:a.errors{*}, 'agile', 9, alert_window='last_15m') >= 1",
    "its band is 9 deviations wide",
  ],
  ['rum("@type:error @usr.id:a").rollup("count").last("5m") > 1', "it looks at @usr.id:a only"],
  ['rum("@type:error").by("@usr.id").rollup("count").last("5m") > 1', "it counts for each @usr.id apart"],
  ['rum("@type:error").rollup("pc75", "@view.other").last("5m") > 1', "it measures @view.other"],
])("%s: %s", (query, weakness) => {
  expect(told(query)).toEqual([weakness]);
});

it("knows the best of what must not be low", () => {
  const low = "max(last_5m):max:a.used{*} < 1";
  expect(told(low, { direction: "below" })).toEqual([
    "it takes the max of its window",
    "it takes the max of all",
  ]);
  expect(told("max(last_1h):count_not_null(avg:a.used{*} by {host}) < 1", { direction: "below" })).toEqual(
    [],
  );
});

it("wants a forecast to look far enough ahead", () => {
  const ahead = "min(next_1d):forecast(min:a.used{*}, 'linear', 1) < 1";
  expect(told(ahead, { direction: "below", within: 604_800 })).toEqual(["it looks 86400 s ahead"]);
});

it("doubts a number that nobody declares", () => {
  expect(told("avg(last_5m):100 * avg:a.used{*} / 400 > 1", { capacity: undefined })).toEqual([
    "? whether 400 is the whole of what it measures",
  ]);
});
