/** Who is told, when, and who does what in an incident. */
import type { Person, StackSpec } from "../../../model/config/stack-spec.ts";
import { type EscalationTarget, escalationLevels, type Role } from "../../../model/on-call/escalation.ts";
import { incidentRoles } from "../../../model/on-call/incidents.ts";
import { holdersOf } from "../../../model/on-call/people.ts";
import { type Loudness, severities, severityLevels } from "../../../model/on-call/severities.ts";
import { code, inline, table } from "../../render/markdown-text.ts";

const rings: Readonly<Record<Loudness, string>> = {
  high: "at any hour",
  "by-day": "in support hours; at night it waits for the morning",
  low: "nobody: it waits in the queue",
};

export function peopleFacts({ people, onCall, chat }: StackSpec) {
  const nameOf = (id: string) => inline(people.find((person) => person.id === id)?.name ?? id);
  const inTurn = (ids: readonly string[]) => ids.map(nameOf).join(", ");
  return {
    severities: table(
      ["severity", "what it is", "somebody answers within", "it rings"],
      severities.map((severity) => {
        const { title, examples, responseMinutes, urgency } = severityLevels[severity];
        return [`${severity} ${title}`, examples.join("; "), minutes(responseMinutes), rings[urgency]];
      }),
    ),
    escalation: table(
      ["severity", "first", "then", "at last"],
      severities.map((severity) => {
        let after = 0;
        const told = escalationLevels[severity].map(({ targets, waitMinutes }) => {
          const when = after === 0 ? "" : `after ${minutes(after)}: `;
          after += waitMinutes;
          return when + targets.map((target) => nameOfTarget(target, people)).join(", ");
        });
        return [severity, ...told];
      }),
    ),
    "incident-roles": table(
      ["role", "what it is for"],
      [
        [
          "Incident commander",
          "Decides, and sees that every role is held. Whoever acknowledged, until it is handed over.",
        ],
        ...Object.entries(incidentRoles),
      ],
    ),
    people: table(
      ["who", "role", "turns"],
      people.map(({ id, name, roles }) => [inline(name), roles.map(words).join(", "), turnsOf(id, onCall)]),
    ),
    "on-call": [
      `Turns of ${onCall.turnDays} days change at the time of day of \`${onCall.rotationStart}\` ` +
        `(clocks: ${inline(onCall.timeZone)}). In order:`,
      "",
      table(
        ["rotation", "hours", "people"],
        [
          ["primary", "whenever no other crew is on", inTurn(onCall.primary)],
          ["backup", "whenever no other crew is on", inTurn(onCall.backup)],
          ...onCall.shifts.flatMap((shift) => [
            ["primary", hoursOf(shift), inTurn(shift.primary)],
            ...(shift.backup ? [["backup", hoursOf(shift), inTurn(shift.backup)]] : []),
          ]),
        ],
      ),
    ].join("\n"),
    channel: channelOf(chat),
    communication: table(
      ["who", "is told by", "how soon, and how often"],
      [
        ["responders", "PagerDuty: push, call, SMS, e-mail", "at once, until somebody answers"],
        [
          "the team",
          chat.kind === "slack" ? `Slack ${channelOf(chat)}` : channelOf(chat),
          "at once; SEV1 and SEV2 every 30 minutes",
        ],
        [
          "customers",
          `the status page, by ${holders("product-lead", people)}`,
          "SEV1 and SEV2 at once, then every 30 minutes",
        ],
        ["management", `e-mail, ${holders("cto", people)} at SEV1`, "at once, and when it is over"],
      ],
    ),
  };
}

function nameOfTarget(target: EscalationTarget, people: readonly Person[]): string {
  return "schedule" in target ? `${target.schedule} on call` : holders(target.role, people);
}

function holders(role: Role, people: readonly Person[]): string {
  const names = holdersOf(role, people).map(({ name }) => inline(name));
  return `${names.join(", ")} (${words(role)})`;
}

/** Where the team talks of an incident. */
export function channelOf(chat: StackSpec["chat"]): string {
  switch (chat.kind) {
    case "slack":
      return code(`#${chat.channel}`);
    case "teams":
      return `Microsoft Teams (${inline(chat.team)}, ${inline(chat.channel)})`;
    case "none":
      return "an e-mail to the tech leads";
  }
}

function turnsOf(id: string, { primary, backup, shifts }: StackSpec["onCall"]): string {
  const turns = [
    ...(primary.includes(id) ? ["primary"] : []),
    ...(backup.includes(id) ? ["backup"] : []),
    ...shifts
      .filter((s) => [...s.primary, ...(s.backup ?? [])].includes(id))
      .map((s) => `crew of ${hoursOf(s)}`),
  ];
  return turns.join(", ") || "none";
}

function hoursOf({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from} to ${to}`;
}

function words(role: string): string {
  return role === "cto" ? "CTO" : role.replaceAll("-", " ").replace("devops", "DevOps");
}

function minutes(count: number): string {
  return count >= 60 && count % 60 === 0 ? `${count / 60} h` : `${count} min`;
}
