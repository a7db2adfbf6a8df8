import { lasting, stretch } from "../../../model/on-call/calendar/wording.ts";
import { day, hour } from "../../../model/on-call/calendar/zone.ts";
import { pagerDutyZones } from "../../../model/on-call/time-zones.ts";
import { schedulesOf } from "../../declared/chain.ts";
import { isTime, turnsOf, uncovered } from "../../declared/coverage.ts";
import { policy, schedule, user } from "../../declared/on-call.ts";
import { show } from "../../expect.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Doubt, type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";
import { whenKnown } from "../../unknown-value.ts";

/** Three: with one away, nobody has every second turn. Two: a backup, or whatever else, that can itself be away. */
const rotationSize = {
  primary: { staging: 2, production: 3 },
  backup: { staging: 2, production: 2 },
} as const;
/** Two will do where they have half of the hours, at most: with one away, the other has no more than of three had all. */
const [half, ofHalf] = [0.51, 2];
/** RFC 3339, in UTC, without seconds. */
const wholeMinute = /^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/;
/** Whoever is paged has to see it through; and no month passes in which one person alone is paged. */
const [shortestTurn, longestTurn] = [4 * hour, 31 * day];
/** In spring, a turn is an hour shorter. */
const clockChange = hour;

const unlayered: Violation = { observed: "it has no layer", wanted: "one" };

export const rotationRules: readonly Rule[] = [
  stackRule({
    id: "rotations-staffed",
    item: "ONC-06",
    existing: (stack) => {
      const used = stack.ofType(policy).flatMap(schedulesOf);
      if (used.length === 0) return { observed: "no rotation is used", wanted: "one" };
      return [...new Set(used)].flatMap((resource) => {
        // Of a crew of one, another layer's people are the relief.
        const layers = whenKnown(() => resource.props.layers.map(({ users }) => [...users])) ?? [];
        const people = Math.max(
          new Set(layers.flat()).size,
          linked(resource as Resource, "layers", user).length,
        );
        return people > 1
          ? []
          : [{ resource: resource as Resource, observed: "one person has every turn", wanted: "≥ 2 people" }];
      });
    },
    checkStack: (stack, { tier, now }) => {
      const schedules = stack.ofType(schedule);
      const missing = (["primary", "backup"] as const).filter(
        (rotation) => !schedules.some(({ props }) => props.name?.endsWith(`-${rotation}`)),
      );
      return [
        ...missing.map((rotation) => ({
          observed: `no ${rotation} schedule is declared`,
          wanted: "declared",
        })),
        ...schedules.flatMap((resource): readonly (Violation | Doubt)[] => {
          const rotation = resource.props.name?.endsWith("-primary") ? "primary" : "backup";
          const least = rotationSize[rotation][tier];
          const crews = turnsOf(resource, now).crews;
          // Ids are not known yet: a list of one person twice shows in the number of users that flow into it.
          const all = { people: linked(resource, "layers", user).length, share: 1 };
          const small = [all, ...crews].find(({ people, share }) => people < (share > half ? least : ofHalf));
          if (small) {
            const people = Math.min(all.people, ...crews.map((crew) => crew.people));
            const wanted = small.share > half ? `≥ ${least} people` : `≥ ${ofHalf} people`;
            return [{ resource, observed: `its smallest crew counts ${people}`, wanted }];
          }
          const places = (resource.props.layers ?? []).reduce((sum, { users }) => sum + users.length, 0);
          const given = linked(resource, "layers", user).length;
          if (places < given) {
            return [
              { resource, observed: `${places} of its ${given} people take turns`, wanted: "all of them" },
            ];
          }
          return strangers(resource);
        }),
      ];
    },
  }),
  resourceRule({
    id: "rotation-without-gaps",
    item: "ONC-07",
    type: schedule,
    check: (rota, { now }) => {
      const { timeZone, layers } = rota.props;
      if (!timeZone)
        return { observed: "timeZone is not set", wanted: "the one in which its hours are meant" };
      if (!pagerDutyZones.includes(timeZone))
        return { observed: `timeZone is ${show(timeZone)}`, wanted: "one of those that PagerDuty takes" };
      const strange = layers.flatMap(({ start, end }) => [start, end ?? start]).find((time) => !isTime(time));
      return strange === undefined
        ? uncovered(rota, now)
        : { observed: `a layer begins or ends at ${show(strange)}`, wanted: "a time" };
    },
  }),
  resourceRule({
    id: "rotation-turns-bearable",
    item: "ONC-34",
    type: schedule,
    check: (rota, { now }) => {
      const { layers = [] } = rota.props;
      if (layers.length === 0) return unlayered;
      const turn = Math.min(...layers.map((layer) => layer.rotationTurnLengthSeconds));
      if (!(turn * 1000 >= shortestTurn)) {
        return { observed: `a turn lasts ${turn} s`, wanted: `≥ ${shortestTurn / 1000} s` };
      }
      const { longest, shortest, twoCrews } = turnsOf(rota, now);
      if (longest > longestTurn) {
        return { observed: `one person has the shift for ${lasting(longest)}`, wanted: "for ≤ 31 days" };
      }
      const { timeZone } = rota.props;
      if (shortest && shortest.to - shortest.from < shortestTurn - clockChange) {
        return {
          observed: `somebody has the shift from ${stretch(shortest, timeZone)} alone`,
          wanted: `for ≥ ${shortestTurn / hour} h: turns that change when a crew does`,
        };
      }
      return (
        twoCrews && {
          observed: `one person has the hours of two crews, from ${stretch(twoCrews, timeZone)}`,
          wanted: "relieved by somebody else",
        }
      );
    },
  }),
  resourceRule({
    id: "rotation-starts-fixed",
    item: "ONC-08",
    type: schedule,
    check: ({ props: { layers = [] } }) =>
      layers.length === 0
        ? unlayered
        : layers
            .flatMap((layer) => [layer.start, layer.rotationVirtualStart])
            .filter((start) => !wholeMinute.test(start))
            .map((start) => ({ observed: `a layer starts at ${start}`, wanted: "UTC on a whole minute" })),
  }),
];

/** Nobody can take two of a single layer's turns before everybody has had one: more places than people are a stranger's. */
function strangers(
  resource: Resource<NonNullable<(typeof schedule)["props"]>>,
): readonly (Violation | Doubt)[] {
  const [layer, ...others] = resource.props.layers ?? [];
  const places = layer?.users.length ?? 0;
  const people = linked(resource as Resource, "layers", user).length;
  return others.length > 0 || places <= people
    ? []
    : [
        {
          resource: resource as Resource,
          doubt: `of its ${places} places, people of this stack fill ${people}`,
        },
      ];
}
