/** Options of a monitor that hold back, delay or merge what it has to tell. */
import { monitor } from "../../declared/monitoring.ts";
import { secondsOf } from "../../effects/monitor-query.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import {
  absent,
  anything,
  between,
  ifSet,
  is,
  off,
  oneOf,
  type Sound,
  type SoundProperties,
  unlooked,
  unsound,
} from "../../sound/sound.ts";

/** A new machine or database has started by then; what is new is what breaks. */
const startSeconds = 300;

/** Twice what CloudWatch needs ("AWS Integration and CloudWatch FAQ"): whatever arrives later is for no alert. */
const arrivalSeconds = 1800;

/** What of a notification may be left out: not what was measured (Datadog's API, `notification_preset_name`). */
export const presets = ifSet(
  oneOf(
    "show_all",
    "showAll",
    "hide_handles",
    "hideHandles",
    "hide_handles_and_footer",
    "hideHandlesAndFooter",
  ),
);

/** By these other rules and downtimes find an alert. */
const keysOfOurs = ["product", "environment", "owner", "service", "severity", "alert", "maintenance"];

function windowUpTo(seconds: number): Sound {
  return {
    holds: (value) => secondsOf(String(value).replace(/^last_/, "")) <= seconds,
    wanted: `≤ ${seconds / 3600} h`,
    optional: true,
  };
}

const monitorOptions: SoundProperties = {
  newGroupDelay: ifSet(between(0, startSeconds, "seconds")),
  newHostDelay: ifSet(between(0, startSeconds, "seconds")),
  evaluationDelay: ifSet(between(0, arrivalSeconds, "seconds")),
  // Custom schedules look at some hours only, evaluation windows start anew every hour, day or month.
  schedulingOptions: absent,
  // How long a value must be unusual, and how long usual again.
  "monitorThresholdWindows.triggerWindow": windowUpTo(3600),
  "monitorThresholdWindows.recoveryWindow": windowUpTo(2 * 3600),
  // One notification for all groups: whoever comes second is not told.
  notifyBies: absent,
  groupbySimpleMonitor: off,
  // A group that reports no more is forgotten, alert and all; a day is Datadog's default.
  groupRetentionDuration: ifSet(oneOf("1d", "24h", "1440m", "2d", "48h", "3d", "72h")),
  notificationPresetName: presets,
  includeTags: ifSet(is(true)),
  validate: ifSet(is(true)),
  forceDelete: off,
  // Both were replaced by `onMissingData`.
  notifyNoData: off,
  noDataTimeframe: anything,
  "ignoreTagKeys.*": {
    holds: (key) => !keysOfOurs.some((ours) => String(key).split(":")[0] === ours),
    wanted: "no key that rules and downtimes select by",
  },
  // Who may mute and mend it: whoever is on call has to.
  restrictedRoles: unlooked,
  // What is shown beside it, and who hears of edits.
  assets: anything,
  enableLogsSample: anything,
  enableSamples: anything,
  notifyAudit: anything,
};

/** What keeps an alert from being told, whoever's it is; another program may have its reasons for the rest. */
const holdingBack: SoundProperties = {
  newGroupDelay: ifSet(between(0, 3_600, "seconds")),
  evaluationDelay: ifSet(between(0, 3_600, "seconds")),
};

export const optionRules: readonly Rule[] = [
  resourceRule({
    id: "alert-options-hold-nothing-back",
    item: "ALERT-19",
    existing: (resource) => unsound(resource, holdingBack),
    type: monitor,
    check: (resource) => unsound(resource, monitorOptions),
  }),
];
