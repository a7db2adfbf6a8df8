/** Who is told, in which turns, and where the team talks. */
import { type Answers, lines, text } from "../question.ts";
import { type Kinds, type Piece, scalar } from "./piece.ts";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly countryCode: string;
  readonly number: string;
  readonly roles: readonly string[];
}

/** Name, address, number and roles. */
export const lineOfPerson = /^([^<>]+) <([^<>\s]+)> \+(\d{1,3}) (\d{4,14}) ([a-z-]+(?:,[a-z-]+)*)$/;

export function peopleOf(answers: Answers): readonly Person[] {
  const seen = new Set<string>();
  return lines(answers, "people").map((line) => {
    const [, name = "", email = "", countryCode = "", number = "", roles = ""] =
      lineOfPerson.exec(line) ?? [];
    return { id: idOf(name, seen), name, email, countryCode, number, roles: roles.split(",") };
  });
}

/** The first name, or the whole where two have it. */
function idOf(name: string, seen: Set<string>): string {
  const plain = name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^a-z ]/g, "");
  const words = plain.split(" ").filter(Boolean);
  const short = words.find((word) => word.length > 1) ?? "person";
  const id = seen.has(short) ? words.join("-") : short;
  seen.add(id);
  return id;
}

/** PagerDuty knows an address once in an account: hence +staging. */
function addressOf({ email }: Person, production: boolean): string {
  return production ? email : email.replace("@", "+staging@");
}

export const people: Piece = ({ answers, production }) => {
  const all = peopleOf(answers);
  const shown = production ? all : all.filter(({ roles }) => roles.some((role) => ofStaging.includes(role)));
  return `# ${production ? "Everybody whom an incident can reach." : "Fewer than in production. PagerDuty knows an address once in an account: hence +staging."} Phone numbers are texts.
readiness:people:
${shown
  .map(
    (person) => `  - id: ${person.id}
    name: ${scalar(production ? person.name : `${person.name} (staging)`)}
    email: ${scalar(addressOf(person, production))}
    phone: { countryCode: ${person.countryCode}, number: "${person.number}" }
    roles: [${(production ? person.roles : person.roles.filter((role) => ofStaging.includes(role))).join(", ")}]`,
  )
  .join("\n")}`;
};

/** Escalation has three levels everywhere; staging rehearses them with those who lead. */
const ofStaging: readonly string[] = ["tech-lead", "devops-lead", "cto"];

export const onCall: Piece = ({ answers, production, now }) => {
  const all = peopleOf(answers);
  const engineers = all.filter(({ roles }) => roles.includes("on-call-engineer"));
  const leads = all.filter(({ roles }) =>
    roles.some((role) => role === "tech-lead" || role === "devops-lead"),
  );
  const turns = (production && engineers.length > 1 ? engineers : leads).map(({ id }) => id);
  return `readiness:onCall:
  timeZone: ${scalar(text(answers, "timeZone"))}
  # A Monday. In quotes, or YAML reads a time where Pulumi needs a text.
  rotationStart: "${mondayBefore(now)}T09:00:00Z"
  turnDays: 7
  # The same people in both, shifted: whoever has the backup this week knows what is going on next week.
  primary: [${turns.join(", ")}]
  backup: [${[...turns.slice(1), ...turns.slice(0, 1)].join(", ")}]${
    text(answers, "pagerdutyAddOn") === "aiops"
      ? ""
      : `
  # Takes PagerDuty's AIOps; without it production waives PAGE-06.
  alertGrouping: false`
  }`;
};

function mondayBefore(now: Date): string {
  const days = (now.getUTCDay() + 6) % 7;
  return new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
}

const slack = (answers: Answers) =>
  ["WorkspaceId", "ChannelId", "Channel", "Account"]
    .map((key) => `  ${key.charAt(0).toLowerCase()}${key.slice(1)}: ${scalar(text(answers, `slack${key}`))}`)
    .join("\n");
const teams = (answers: Answers) =>
  ["tenant", "team", "channel", "handle"]
    .map((key) => `  ${key}: ${scalar(text(answers, `teams${key.charAt(0).toUpperCase()}${key.slice(1)}`))}`)
    .join("\n");

/** Two stacks cannot share a channel: staging has one when the team gives it one. */
export const chat: Kinds = {
  slack: ({ answers }) => slack(answers),
  teams: ({ answers }) => teams(answers),
  none: ({ answers, production }) =>
    `  because: ${scalar(production ? text(answers, "chatBecause") : "staging tells its leads by e-mail")}`,
};

/** Who keeps the app's errors. */
export const errors: Kinds = {
  datadog: () => "",
  sentry: ({ answers }) => `  organization: ${scalar(text(answers, "sentryOrganization"))}
  team: ${scalar(text(answers, "sentryTeam"))}
  pagerDuty:
    # Ids of the services there are added once each has its key (docs/errors.md).
    account: "${text(answers, "sentryPagerduty")}"`,
};
