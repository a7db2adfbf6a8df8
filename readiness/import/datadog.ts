/** What a Datadog account holds of alerting: monitors, objectives, checks, downtimes; read only. */
import type { Entry, Reader } from "./read.ts";
import { camel, camelKey, entries, type Imported, pick, said, text } from "./shape.ts";

const size = 100;

export async function readDatadog(reader: Reader): Promise<readonly Imported[]> {
  const isLast = (_: Entry, count: number) => count < size;
  const monitors = await reader.list("/api/v1/monitor", "", (page) => ({ page, page_size: size }), isLast);
  const objectives = await reader.list(
    "/api/v1/slo",
    "data",
    (page) => ({ limit: size, offset: page * size }),
    isLast,
  );
  const checks = await reader.list(
    "/api/v1/synthetics/tests",
    "tests",
    (page) => ({ page_size: size, page_number: page }),
    isLast,
  );
  const downtimes = await reader.list(
    "/api/v2/downtime",
    "data",
    (page) => ({ "page[limit]": size, "page[offset]": page * size }),
    isLast,
  );
  return [
    // Datadog makes one of each check, which is read as the check.
    ...monitors.filter(({ type }) => type !== "synthetics alert").map(monitorOf),
    ...objectives.map(objectiveOf),
    ...checks.map(checkOf),
    ...downtimes.filter(isToCome).map(downtimeOf),
  ];
}

function resource(type: string, id: unknown, name: unknown, inputs: Entry): Imported {
  return { type: `datadog:index/${type}`, id: text(id), name: text(name) || text(id), inputs: said(inputs) };
}

const options = [
  "evaluation_delay",
  "escalation_message",
  "include_tags",
  "new_group_delay",
  "new_host_delay",
  "no_data_timeframe",
  "notify_by",
  "notify_no_data",
  "on_missing_data",
  "renotify_interval",
  "renotify_occurrences",
  "renotify_statuses",
  "require_full_window",
  "timeout_h",
] as const;

function monitorOf(monitor: Entry): Imported {
  const set: Entry = Object(monitor["options"]);
  const thresholds = Object.entries(Object(set["thresholds"])).filter(([, value]) => value !== null);
  const { notifyBy, ...more } = pick(set, ...options);
  return resource("monitor:Monitor", monitor["id"], monitor["name"], {
    ...pick(monitor, "name", "type", "query", "message", "tags", "draft_status"),
    priority:
      monitor["priority"] === undefined || monitor["priority"] === null
        ? undefined
        : text(monitor["priority"]),
    // The provider writes numbers as texts here.
    monitorThresholds:
      thresholds.length > 0
        ? Object.fromEntries(thresholds.map(([key, value]) => [camelKey(key), text(value)]))
        : undefined,
    ...more,
    ...(notifyBy === undefined ? {} : { notifyBies: notifyBy }),
  });
}

function objectiveOf(slo: Entry): Imported {
  return resource("serviceLevelObjective:ServiceLevelObjective", slo["id"], slo["name"], {
    ...pick(
      slo,
      "name",
      "type",
      "description",
      "tags",
      "query",
      "monitor_ids",
      "thresholds",
      "timeframe",
      "target_threshold",
      "warning_threshold",
    ),
  });
}

/** Headers, bodies and variables of a request may hold a login, and so may what follows a path: none of it is kept. */
function checkOf(check: Entry): Imported {
  const config: Entry = Object(check["config"]);
  const request: Entry = Object(config["request"]);
  return resource("syntheticsTest:SyntheticsTest", check["public_id"], check["name"], {
    ...pick(check, "name", "type", "subtype", "status", "message", "tags", "locations"),
    requestDefinition: said({ ...pick(request, "method", "timeout"), url: withoutQuery(request["url"]) }),
    assertions: entries(config["assertions"])
      .filter(({ type }) => type !== "body" && type !== "header")
      .map((assertion) => ({ ...pick(assertion, "type", "operator"), target: text(assertion["target"]) })),
    optionsList: {
      ...pick(
        Object(check["options"]),
        "tick_every",
        "min_failure_duration",
        "min_location_failed",
        "retry",
        "monitor_options",
        "monitor_priority",
        "follow_redirects",
        "allow_insecure",
        "accept_self_signed",
      ),
    },
  });
}

function withoutQuery(address: unknown): string | undefined {
  const url = URL.parse(text(address));
  if (!url) return undefined;
  return `${url.origin}${url.pathname}`;
}

function isToCome(downtime: Entry): boolean {
  const { status } = Object(downtime["attributes"]);
  return status !== "canceled" && status !== "ended";
}

function downtimeOf(downtime: Entry): Imported {
  const attributes: Entry = Object(downtime["attributes"]);
  const schedule: Entry = Object(attributes["schedule"]);
  const recurring = Array.isArray(schedule["recurrences"]);
  return resource(
    "downtimeSchedule:DowntimeSchedule",
    downtime["id"],
    attributes["message"] ?? downtime["id"],
    {
      ...pick(
        attributes,
        "scope",
        "message",
        "display_timezone",
        "monitor_identifier",
        "mute_first_recovery_notification",
        "notify_end_states",
        "notify_end_types",
      ),
      ...(recurring
        ? {
            recurringSchedule: {
              timezone: schedule["timezone"],
              recurrences: entries(schedule["recurrences"]).map((one) =>
                pick(one, "duration", "rrule", "start"),
              ),
            },
          }
        : { oneTimeSchedule: camel(pick(schedule, "start", "end")) }),
    },
  );
}
