/** What no single value of a config can be wrong about: settings that must agree with each other. */
import { platform } from "../on-call/routing.ts";
import { burnRateAlert, burnRateProblem } from "../service-levels/burn-rate.ts";
import { isProduction } from "../tier.ts";
import { addressChecks } from "./address-contradictions.ts";
import { dataChecks } from "./data-contradictions.ts";
import type { Keys, Problem } from "./error.ts";
import { errorChecks } from "./errors-contradictions.ts";
import { ownVariables } from "./languages.ts";
import { nameProblems } from "./names.ts";
import { onCallChecks } from "./on-call-contradictions.ts";
import { ownChecks, pageChecks } from "./page-contradictions.ts";
import { planChecks } from "./plan-contradictions.ts";
import { Unreadable } from "./readable.ts";
import { type CrossCheck, repeated, type WrittenConfig, withoutValue } from "./written-config.ts";

/**
 * Everything in a config that contradicts something else in it.
 * @param config one in which what is wrong by itself cannot be read; a check ends where it would have to
 * @param configKeys all keys of the stack's config, such as `secrets:STRIPE_KEY`
 * @param stack Pulumi's name of the stack
 */
export function crossCheck(
  config: WrittenConfig,
  configKeys: readonly string[],
  stack: string,
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const check of checks) {
    try {
      for (const problem of check(config, configKeys, stack)) problems.push(problem);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
    }
  }
  return problems;
}

const checks: readonly CrossCheck[] = [
  (config, _, stack) => nameProblems(config, stack),

  function* productionIsProduction({ tier }, _, stack) {
    if (tier !== "staging" || !isProduction(stack)) return;
    yield [["tier"], `found "staging", must be "production" or nothing: ${stack} is a name of production's`];
  },

  function* locationsAreDistinct({ monitoring: { syntheticLocations } }) {
    yield* repeated(syntheticLocations, (i) => ["monitoring", "syntheticLocations", i], "location");
  },

  function* secretsAreNotTheStacks({ services }) {
    for (const [i, { secrets = [] }] of services.entries()) {
      for (const [j, name] of secrets.entries()) {
        if (!(ownVariables as readonly string[]).includes(name)) continue;
        yield [
          ["services", i, "secrets", j],
          `found "${name}", must be another name: the stack itself sets that variable`,
        ];
      }
      yield* repeated(secrets, (j) => ["services", i, "secrets", j], "name");
    }
  },

  ...dataChecks,
  ...onCallChecks,
  ...errorChecks,
  ...addressChecks,
  ...pageChecks,
  ...planChecks,

  function* serviceNamesAreDistinct({ services }) {
    yield* repeated(
      services.map((s) => s.name),
      (i) => ["services", i, "name"],
      "name",
    );
  },

  function* platformIsReserved({ services }) {
    for (const [i, { name }] of services.entries()) {
      if (name !== platform) continue;
      yield [
        ["services", i, "name"],
        `found "${platform}", must be another name: what services share has it`,
      ];
    }
  },

  function* secretsHaveValues({ services }, configKeys) {
    for (const [i, { secrets = [] }] of services.entries()) {
      for (const [j, name] of secrets.entries()) {
        yield* withoutValue(["services", i, "secrets", j], name, configKeys);
      }
    }
  },

  function* checksAreThere({ services }) {
    for (const [i, { checks = {}, pages }] of services.entries()) {
      const names = [...Object.keys(pages), ...ownChecks];
      for (const [name, { status = 200, location }] of Object.entries(checks)) {
        const key: Keys = ["services", i, "checks", name];
        if (!names.includes(name)) {
          yield [key, `found "${name}", must be a check of the service: ${names.join(", ")}`];
        }
        const elsewhere = status >= 300;
        if (elsewhere && name === "health") {
          yield [[...key, "status"], `found ${status}, must be below 300: health says in its body how it is`];
        } else if (elsewhere !== (location !== undefined)) {
          const wanted = elsewhere
            ? "a location that the redirect leads to"
            : "a status of 3xx, or no location";
          yield [
            key,
            `found the status ${status} ${elsewhere ? "alone" : "with a location"}, must be ${wanted}`,
          ];
        }
      }
    }
  },

  function* checksHaveLogins({ services }, configKeys) {
    for (const [i, { checks = {} }] of services.entries()) {
      for (const [name, { authentication }] of Object.entries(checks)) {
        if (authentication === undefined) continue;
        yield* withoutValue(["services", i, "checks", name, "authentication"], authentication, configKeys);
      }
    }
  },

  function* targetsAreStricterThanAlerts({ services }) {
    for (const [i, { serviceLevels = {} }] of services.entries()) {
      const { latency = {}, overallLatency, availability, errorRate, cacheHitRate, bundle } = serviceLevels;
      const at = ["services", i, "serviceLevels"];
      for (const [endpoint, level] of Object.entries(latency)) {
        yield* ascending([...at, "latency", endpoint], level, ["targetMs", "alertMs"]);
      }
      yield* ascending([...at, "overallLatency"], overallLatency, ["targetMs", "alertMs"]);
      yield* ascending([...at, "availability"], availability, ["alertPercent", "targetPercent"]);
      yield* ascending([...at, "errorRate"], errorRate, ["targetPercent", "alertPercent", "runbookPercent"]);
      yield* ascending([...at, "cacheHitRate"], cacheHitRate, ["alertPercent", "targetPercent"]);
      yield* ascending([...at, "bundle"], bundle, ["targetKB", "alertKB"]);
    }
  },

  function* budgetCanBurnFastEnough({ services }) {
    for (const [i, { serviceLevels = {} }] of services.entries()) {
      const target = serviceLevels.availability?.targetPercent;
      const problem = target && burnRateProblem(burnRateAlert(30, "fast").rate, target);
      if (!problem) continue;
      yield [
        ["services", i, "serviceLevels", "availability", "targetPercent"],
        `found ${target}: ${problem}`,
      ];
    }
  },
];

/** Numbers that must grow from the first key to the last. */
function* ascending<Key extends string>(
  at: Keys,
  level: Readonly<Record<Key, number>> | undefined,
  keys: readonly Key[],
): Iterable<Problem> {
  for (const [i, key] of keys.entries()) {
    const before = keys[i - 1];
    if (!level || before === undefined || level[key] > level[before]) continue;
    yield [[...at, key], `found ${level[key]}, must be > ${before} (${level[before]})`];
  }
}
