import { expect, it } from "vitest";
import { flawOf } from "../../../policies/effects/good-events.ts";

const all = "sum:trace.web.hits{env:prod,service:a}.as_count()";
const hits = (filters: string) => `sum:trace.web.hits{${filters}}.as_count()`;
const errors = (filters: string) => `sum:trace.web.errors{${filters}}.as_count()`;

it.each([
  hits("!http.status_code:5*,service:a,env:prod"),
  `${all} - ${errors("env:prod,service:a")}`,
  `${all} - default_zero(${errors("env:prod,service:a")})`,
])("%s are good", (good) => {
  expect(flawOf(good, all)).toBeUndefined();
});

it.each(["jobs.done", "trace.web.hits.by_http_status"])("%s tells more of an outcome", (metric) => {
  const [whole, filtered] = [all, hits("env:prod,service:a,!http.status_class:5xx")].map((query) =>
    query.replace("trace.web.hits", metric),
  );
  expect(flawOf(filtered ?? "", whole ?? "")).toBeUndefined();
});

it.each([
  [all, "its numerator is its denominator"],
  [
    hits("env:prod,service:a,!http.status_class:5xx"),
    "trace.web.hits has no tag http.status_class: all of it is good",
  ],
  [hits("service:a,!http.status_code:5xx"), "good ones are not of env:prod"],
  [hits("env:staging,service:a,!http.status_code:5xx"), "good ones are not of env:prod"],
  ["sum:other.hits{env:prod,service:a}.as_count()", "it counts other.hits as good"],
  [`${all} - ${errors("env:prod,service:b")}`, "it takes off trace.web.errors of another scope or kind"],
  [
    `${all} - sum:trace.job.errors{env:prod}.as_count()`,
    "it takes off trace.job.errors of another scope or kind",
  ],
])("%s: %s", (good, observed) => {
  expect(flawOf(good, all)).toMatchObject({ observed });
});

it.each([
  hits("env:prod,service:a,!http.status_code:4xx"),
  hits("env:prod,service:a,http.status_code:5xx"),
  `${all} + ${all}`,
  `2 * ${all}`,
  "nonsense",
])("%s leaves in doubt", (good) => {
  expect(flawOf(good, all)).toHaveProperty("doubt");
});

it.each([`${all} + ${all}`, "avg:trace.web.hits{env:prod,service:a}", "100"])("%s is not all", (whole) => {
  expect(flawOf(hits("env:prod,service:a,!http.status_code:5xx"), whole)).toHaveProperty("observed");
});
