/** What is backed up, how often, for how long, and where to. */
import type * as aws from "@pulumi/aws";
import { recoveryLevels } from "../../../model/service-levels/recovery.ts";
import { databaseInstance, type ResourceOf } from "../../aws.ts";
import { eachRule } from "../../each-rule.ts";
import { present, show } from "../../expect.ts";
import { linked, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { backupPlan, frequencies, frequencyOf, regionOf, vaultsOf } from "./resources.ts";

const selection = resourceType<aws.backup.SelectionArgs>("aws:backup/selection:Selection");

export const planRules: readonly Rule[] = [
  ...frequencies.map((frequency) =>
    resourceRule({
      id: `backups-${frequency}`,
      item: "BAK-01",
      type: backupPlan,
      check: ({ props }, { tier }) => {
        const days = recoveryLevels[tier].retentionDays[frequency];
        const rules = (props.rules ?? []).filter((rule) => frequencyOf(rule.schedule) === frequency);
        // Without an end, a backup is kept for ever.
        if (rules.some(({ lifecycle }) => (lifecycle?.deleteAfter ?? Number.POSITIVE_INFINITY) >= days)) {
          return undefined;
        }
        const kept = rules.map(({ lifecycle }) => `kept for ${show(lifecycle?.deleteAfter, "days")}`);
        return {
          observed: `its ${frequency} backup is ${kept.join(", ") || "missing"}`,
          wanted: `kept for ≥ ${days} days`,
        };
      },
    }),
  ),
  resourceRule({
    id: "backups-copied-by-every-rule",
    item: "BAK-02",
    type: backupPlan,
    check: ({ props }) =>
      present(props, "rules") ??
      props.rules
        .filter(({ copyActions }) => !copyActions?.length)
        .map(({ ruleName }) => ({ observed: `its rule ${ruleName} copies nothing`, wanted: "copied" })),
  }),
  resourceRule({
    id: "backups-copies-kept",
    item: "BAK-02",
    type: backupPlan,
    check: ({ props }, { tier }) =>
      present(props, "rules") ??
      props.rules.flatMap(({ ruleName, schedule, copyActions }) => {
        const days = recoveryLevels[tier].retentionDays[frequencyOf(schedule) ?? "daily"];
        return (copyActions ?? [])
          .filter(({ lifecycle }) => (lifecycle?.deleteAfter ?? Number.POSITIVE_INFINITY) < days)
          .map(({ lifecycle }) => ({
            observed: `the copy of its rule ${ruleName} is kept for ${show(lifecycle?.deleteAfter, "days")}`,
            wanted: `kept for ≥ ${days} days`,
          }));
      }),
  }),
  // Well-Architected, REL09-BP01 and REL13-BP02: a copy that a region's disaster does not reach.
  resourceRule({
    id: "backups-copied-to-second-region",
    item: "BAK-02",
    type: backupPlan,
    check: (plan) => {
      const regions = new Set(vaultsOf(plan).flatMap((vault) => regionOf(vault) ?? []));
      if (regions.size > 1) return undefined;
      return { observed: `its vaults lie in ${show([...regions])} only`, wanted: "in a second region too" };
    },
  }),
  // Security Hub, RDS.26.
  eachRule({
    id: "backups-cover-databases",
    item: "BAK-03",
    each: databaseInstance,
    check: ({ props: { tags = {} } }, stack) => {
      const selections = stack.ofType(selection).filter((s) => linked(s, "planId", backupPlan).length > 0);
      if (selections.some((s) => selects(s, tags))) return undefined;
      return { observed: "no backup plan selects it by its tags", wanted: "selected" };
    },
  }),
];

/** Whether a selection by tags takes a resource with these tags: all of its conditions, any of its selection tags. */
function selects(
  { props }: ResourceOf<typeof selection>,
  tags: Readonly<Record<string, string | undefined>>,
): boolean {
  const conditions = (props.conditions ?? []).flatMap(({ stringEquals }) => stringEquals ?? []);
  const matches = ({
    key,
    value,
  }: {
    readonly key?: string | undefined;
    readonly value?: string | undefined;
  }) => value !== undefined && tags[(key ?? "").replace("aws:ResourceTag/", "")] === value;
  if (conditions.length > 0) return conditions.every(matches);
  return (props.selectionTags ?? []).some(matches);
}
