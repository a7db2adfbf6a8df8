/** What a PagerDuty account holds of on-call: REST API v2, read only; no integration key is kept. */
import type { Entry, Reader } from "./read.ts";
import { entries, type Imported, kindOf, pick, said, text } from "./shape.ts";

const size = 100;

export async function readPagerDuty(reader: Reader, now: Date): Promise<readonly Imported[]> {
  const all = (path: string, query: Readonly<Record<string, string>> = {}) =>
    reader.list(
      `/${path}${includes[path] ?? ""}`,
      path,
      (number) => ({ ...query, limit: size, offset: number * size }),
      ({ more }) => more !== true,
    );
  const users = await all("users");
  const listed = await all("schedules");
  const schedules: Entry[] = [];
  // The list leaves the layers out.
  for (const { id } of listed) {
    const { schedule } = await reader.get(`/schedules/${encodeURIComponent(text(id))}`);
    schedules.push(Object(schedule));
  }
  const policies = await all("escalation_policies");
  const services = await all("services");
  const windows = await all("maintenance_windows", { filter: "open" });
  return [
    ...users.flatMap(personOf),
    ...schedules.map((one) => scheduleOf(one, now)),
    ...policies.map(policyOf),
    ...services.flatMap(serviceOf),
    ...windows.map(windowOf),
  ];
}

const includes: Readonly<Record<string, string>> = {
  users: "?include[]=contact_methods&include[]=notification_rules",
  services: "?include[]=integrations",
};

function resource(type: string, entry: Entry, name: unknown, inputs: Entry): Imported {
  const id = text(entry["id"]);
  return { type: `pagerduty:index/${type}`, id, name: text(name) || id, inputs: said(inputs) };
}

function personOf(user: Entry): readonly Imported[] {
  const userId = text(user["id"]);
  const name = user["name"];
  return [
    resource(
      "user:User",
      user,
      name,
      pick(user, "name", "email", "role", "time_zone", "job_title", "description"),
    ),
    ...entries(user["contact_methods"]).map((method) =>
      resource("userContactMethod:UserContactMethod", method, `${text(name)} ${text(method["type"])}`, {
        userId,
        type: kindOf(method["type"]),
        ...pick(method, "label", "country_code"),
        // Of an app the address is a device's token.
        ...(kindOf(method["type"]).startsWith("push") ? {} : pick(method, "address")),
      }),
    ),
    ...entries(user["notification_rules"]).map((rule) => {
      const method: Entry = Object(rule["contact_method"]);
      return resource(
        "userNotificationRule:UserNotificationRule",
        rule,
        `${text(name)} ${text(rule["urgency"])}`,
        {
          userId,
          ...pick(rule, "start_delay_in_minutes", "urgency"),
          contactMethod: { id: text(method["id"]), type: kindOf(method["type"]) },
        },
      );
    }),
  ];
}

/** The interface lists the layer that goes before the others first, the provider last; it leaves out those that ended. */
function scheduleOf(schedule: Entry, now: Date): Imported {
  const layers = entries(schedule["schedule_layers"])
    .filter(({ end }) => typeof end !== "string" || Date.parse(end) > now.getTime())
    .map((layer) => ({
      ...pick(layer, "name", "start", "end", "rotation_virtual_start", "rotation_turn_length_seconds"),
      users: entries(layer["users"]).map(({ user }) => text(Object(user).id)),
      restrictions: entries(layer["restrictions"]).map((restriction) =>
        pick(restriction, "type", "start_time_of_day", "duration_seconds", "start_day_of_week"),
      ),
    }))
    .toReversed();
  return resource("schedule:Schedule", schedule, schedule["name"], {
    ...pick(schedule, "name", "time_zone", "description"),
    layers,
  });
}

function policyOf(policy: Entry): Imported {
  return resource("escalationPolicy:EscalationPolicy", policy, policy["name"], {
    ...pick(policy, "name", "num_loops", "description"),
    rules: entries(policy["escalation_rules"]).map((rule) => ({
      ...pick(rule, "escalation_delay_in_minutes"),
      targets: entries(rule["targets"]).map((target) => ({
        id: text(target["id"]),
        type: `${kindOf(target["type"])}_reference`,
      })),
    })),
  });
}

function serviceOf(service: Entry): readonly Imported[] {
  const id = text(service["id"]);
  // The provider writes what the interface leaves empty as a word.
  const timeout = (key: string) => text(service[key]) || "null";
  return [
    resource("service:Service", service, service["name"], {
      ...pick(
        service,
        "name",
        "description",
        "alert_creation",
        "incident_urgency_rule",
        "alert_grouping_parameters",
      ),
      acknowledgementTimeout: timeout("acknowledgement_timeout"),
      autoResolveTimeout: timeout("auto_resolve_timeout"),
      escalationPolicy: text(Object(service["escalation_policy"]).id),
      ...supportHours(service),
    }),
    ...entries(service["integrations"]).map((integration) => {
      const vendor = text(Object(integration["vendor"]).id);
      return resource(
        "serviceIntegration:ServiceIntegration",
        integration,
        integration["name"] ?? integration["summary"],
        {
          ...pick(integration, "name"),
          service: id,
          ...(vendor === "" ? { type: kindOf(integration["type"]) } : { vendor }),
        },
      );
    }),
  ];
}

function supportHours(service: Entry): Entry {
  const hours: Entry | undefined = service["support_hours"] ? Object(service["support_hours"]) : undefined;
  if (!hours) return {};
  return {
    supportHours: {
      ...pick(hours, "type", "time_zone", "start_time", "end_time"),
      daysOfWeeks: hours["days_of_week"] ?? [],
    },
    scheduledActions: entries(service["scheduled_actions"]).map((action) => ({
      ...pick(action, "type", "to_urgency"),
      ats: [pick(Object(action["at"]), "type", "name")],
    })),
  };
}

function windowOf(window: Entry): Imported {
  return resource("maintenanceWindow:MaintenanceWindow", window, window["description"] ?? window["summary"], {
    ...pick(window, "start_time", "end_time", "description"),
    services: entries(window["services"]).map(({ id }) => text(id)),
  });
}
