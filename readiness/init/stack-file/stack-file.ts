/** A stack file with its comments, of the answers: a piece for each part, by its kind. */
import type { Part } from "../../../model/parts.ts";
import { checkedFrom, places } from "../places.ts";
import { type Answers, keyOf, lines, text } from "../question.ts";
import { backups, cache, database, network } from "./data.ts";
import { dns, edge } from "./edge.ts";
import { chat, errors, onCall, people } from "./people.ts";
import { type Kinds, type Piece, type Stage, scalar } from "./piece.ts";
import { services } from "./services.ts";

/** The watch outside Datadog is Route 53's as long as nobody writes otherwise. */
const parts: Readonly<Record<Exclude<Part, "outsideWatch">, Kinds>> = {
  network,
  database,
  cache,
  dns,
  edge,
  chat,
  errors,
};

function part(name: keyof typeof parts, kindIn = (stage: Stage) => text(stage.answers, keyOf(name))): Piece {
  return (stage) => {
    const kind = kindIn(stage);
    return `readiness:${name}:\n  kind: ${kind}\n${parts[name][kind]?.(stage) ?? ""}`;
  };
}

const head: Piece = ({ answers, production }) => {
  const say = (key: string) => scalar(text(answers, key));
  const domain = text(answers, "domain");
  return `# Read by Pulumi's AWS provider too, which is why it is not under readiness:.
aws:region: ${say("region")}

# Part of every resource's name: changing it later replaces the stack.
readiness:product: ${say("product")}
readiness:owner: ${say("owner")}
readiness:repository: ${say("repository")}
${production ? "" : "# A name of its own, so that a mistake in staging cannot touch production's records.\n"}readiness:domain: ${scalar(production ? domain : `staging.${domain}`)}
${production ? `# No check runs, and every alert is a draft, before the site answers under its domain: leave it out once it does.\nreadiness:launch: pending\n` : ""}
readiness:awsAccount:
  # One of its own. With a profile of another account nothing is deployed. In quotes: ids can begin with 0.
  id: "${text(answers, production ? "accountProd" : "accountStaging")}"${
    production
      ? `\n  # Whom an emergency leaves to delete a key; made by a person before the first \`up\`.\n  breakGlassRole: ${say("breakGlassRole")}`
      : ""
  }`;
};

const money: Piece = ({ answers, production }) => {
  const addOn = text(answers, "pagerdutyAddOn");
  const budget = text(answers, "budget");
  return `# What the team has at its vendors; \`check\` says what a plan lacks.
readiness:plans:
  vercel: ${text(answers, "vercelPlan")}
  pagerduty: ${text(answers, "pagerdutyPlan")}${addOn === "none" ? "" : `\n  pagerdutyAddOns: [${addOn}]`}
  datadog: [${lines(answers, "datadogProducts").join(", ")}]

readiness:budget:
${
  production && budget !== "none"
    ? `  kind: monthly
  monthlyUsd: ${budget}
  # What of it is kept for what \`npm run cost\` has no price for, by contracts and invoices, is unpricedUsd.`
    : `  kind: none
  because: ${production ? "nobody has set one yet" : "production's is the one that is watched"}`
}`;
};

const vercel: Piece = ({ answers }) => `readiness:vercel:
  teamId: ${scalar(text(answers, "vercelTeamId"))}
  teamSlug: ${scalar(text(answers, "vercelTeamSlug"))}
  # Beside the data: each query would cross a sea otherwise.
  region: ${places[text(answers, "region")]?.vercel}`;

const monitoring: Piece = ({ answers, production }) => `readiness:monitoring:
  site: ${text(answers, "datadogSite")}
  # On three continents, one beside the origin: all red is an outage, one red is a network fault.
  syntheticLocations: [${checkedFrom(text(answers, "region"))
    .map((location) => JSON.stringify(location))
    .join(", ")}]
${production ? "  # Of homepage and health, which tell an outage; the rest is checked every five minutes. Each run is paid for.\n" : ""}  uptimeIntervalSeconds: ${production ? 60 : 300}
  logRetentionDays: ${production ? 30 : 15}`;

export function stackFile(
  answers: Answers,
  stack: {
    readonly production: boolean;
    readonly now: Date;
    readonly crons: readonly string[];
    readonly schema: string;
  },
): string {
  const stage: Stage = { answers, ...stack };
  const pieces: readonly Piece[] = [
    head,
    money,
    part("network"),
    part("database"),
    part("cache"),
    backups,
    part("dns"),
    part("edge"),
    vercel,
    monitoring,
    people,
    onCall,
    part("chat", ({ production }) => (production ? text(answers, "chat") : "none")),
    part("errors"),
    services(stack.crons),
  ];
  const body = pieces
    .map((piece) =>
      piece(stage)
        .trimEnd()
        .replaceAll(/^(?=.)/gm, "  "),
    )
    .join("\n\n");
  return `# yaml-language-server: $schema=${stack.schema}
# ${
    stack.production
      ? "What production is to be. `npm run check -- --stack prod` says what is wrong with this file, with line and key."
      : "Staging: the shape of production, smaller, with nothing that customers would miss. What differs from\n# Pulumi.prod.yaml differs on purpose."
  }
config:
${body}
`;
}
