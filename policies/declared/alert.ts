/** Monitors and synthetic checks alike: what can fire, and whom its message addresses. */
import {
  handlesIn,
  type Occasion,
  parseTemplate,
  type Template,
  textsOn,
} from "../effects/message-template.ts";
import { rememberedOf } from "../remembered.ts";
import type { Resource, Stack } from "../resource.ts";
import { monitor, syntheticCheck, tagOf } from "./monitoring.ts";

export interface DeclaredAlert {
  readonly resource: Resource;
  readonly name: string;
  readonly message: string;
  readonly tags: readonly string[];
  /** Such as `sev1`; nothing where it has none, or several. */
  readonly severity: string | undefined;
  /** 1 to 5. */
  readonly priority: number | undefined;
  /** On each occasion of which it notifies, the texts that its message can have. */
  readonly said: ReadonlyMap<Occasion, readonly string[]>;
  /** Why nobody can tell what the message says. */
  readonly unreadable: string | undefined;
  /** Names of the PagerDuty services that it addresses whenever it fires. */
  readonly handles: readonly string[];
  /** Minutes between reminders, and how many come. */
  readonly reminderInterval: number | undefined;
  readonly reminders: number | undefined;
}

/** Every monitor and every check of a stack. Many rules look at all of them: each would read every monitor anew. */
export const declaredAlerts = rememberedOf(readAlerts);

function readAlerts(stack: Stack): readonly DeclaredAlert[] {
  return [
    ...stack.ofType(monitor).map((resource) => {
      const { props } = resource;
      const { name, priority, renotifyInterval, renotifyOccurrences } = props;
      return {
        ...saying(resource as Resource<Speaking>, priority === undefined ? undefined : Number(priority), {
          warning: props.monitorThresholds?.warning !== undefined,
          "no data": props.onMissingData === "show_and_notify_no_data" || props.notifyNoData === true,
          renotification: (renotifyInterval ?? 0) > 0,
          escalation: props.escalationMessage,
        }),
        name,
        reminderInterval: renotifyInterval,
        reminders: renotifyOccurrences,
      };
    }),
    ...stack.ofType(syntheticCheck).map((resource) => {
      const { name, optionsList } = resource.props;
      const { renotifyInterval, renotifyOccurrences, escalationMessage } = optionsList?.monitorOptions ?? {};
      return {
        ...saying(resource as Resource<Speaking>, optionsList?.monitorPriority, {
          renotification: (renotifyInterval ?? 0) > 0,
          escalation: escalationMessage,
        }),
        name,
        reminderInterval: renotifyInterval,
        reminders: renotifyOccurrences,
      };
    }),
  ];
}

interface Speaking {
  readonly message?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** What else than firing and recovering it notifies of. */
type Notifying = Partial<Readonly<Record<Exclude<Occasion, "alert" | "recovery">, boolean>>> & {
  /** What a renotification says. */
  readonly escalation?: string | undefined;
};

function saying(resource: Resource<Speaking>, priority: number | undefined, notifying: Notifying) {
  const { message = "", tags = [] } = resource.props;
  const said = new Map<Occasion, readonly string[]>();
  let unreadable: string | undefined;
  const say = (occasion: Occasion, template: Template) => {
    const texts = textsOn(template, occasion, priority);
    if ("problem" in texts) unreadable ??= texts.problem;
    else said.set(occasion, texts);
  };
  const template = parseTemplate(message);
  say("alert", template);
  say("recovery", template);
  if (notifying.warning) say("warning", template);
  if (notifying["no data"]) say("no data", template);
  if (notifying.renotification) {
    const { escalation } = notifying;
    say("renotification", parseTemplate([message, escalation ?? ""].join("\n")));
    // Datadog's documentation leaves open whether it comes beside the message or in its place: both have to do.
    if (escalation) {
      const beside = said.get("renotification") ?? [];
      say("renotification", parseTemplate(escalation));
      said.set("renotification", [...beside, ...(said.get("renotification") ?? [])]);
    }
  }
  const [first = [], ...others] = (said.get("alert") ?? []).map(pagerDutyServices);
  return {
    resource: resource as Resource,
    message,
    tags,
    severity: tagOf(resource, "severity"),
    priority,
    said,
    unreadable,
    handles: first.filter((name) => others.every((names) => names.includes(name))),
  };
}

/**
 * Of the PagerDuty services that a text addresses, those beside which no other one tells of the same: what fires may
 * open the incidents of lesser severities together with its own, so that they do not ring later.
 */
export function pagedIn(names: readonly string[]): readonly string[] {
  const ranks = names.map((name) => /^(.+)-sev(\d)$/.exec(name) ?? [name, name, "0"]);
  return names.filter(
    (_, i) => !ranks.some(([, stem, rank]) => stem === ranks[i]?.[1] && Number(rank) < Number(ranks[i]?.[2])),
  );
}

/** Names of the PagerDuty services that a text addresses. */
export function pagerDutyServices(text: string): readonly string[] {
  return handlesIn(text).flatMap((handle) => /^pagerduty-(.+)$/.exec(handle)?.[1] ?? []);
}
