/**
 * The stack config: what a team writes in `Pulumi.<stack>.yaml` under the namespace `readiness:`.
 * Units stand in the key names. Every object is strict, so that a misspelled key is an error.
 */
import { z } from "zod";
import { tiers } from "../tier.ts";
import { slack, teams } from "./chat-schema.ts";
import { backups, cache, database, network, none } from "./data-schema.ts";
import { dns, edge } from "./edge-schema.ts";
import { errors } from "./errors-schema.ts";
import { count, domain, slug, text } from "./forms.ts";
import { line, repository, repositoryIds } from "./languages.ts";
import { outsideWatch } from "./outside-watch-schema.ts";
import { person, zone } from "./people-schema.ts";
import { budget, plans } from "./plans-schema.ts";
import { datadogLocation, region, vercelRegion } from "./regions.ts";
import { service } from "./service-schema.ts";

const awsAccount = z.strictObject({
  /** The only account that the stack is deployed to, whoever's credentials are at hand. */
  id: text(/^\d{12}$/, 'an AWS account id of 12 digits in quotes, such as "111122223333"'),
  /**
   * Name of the role that people take on in an emergency: in production it alone, and the account's root user, can
   * delete the keys that backups hang on. It is there before the first `up`, and no part of any stack.
   */
  breakGlassRole: text(
    /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
    "the name of an IAM role, behind its path if it has one, such as break-glass",
  ).optional(),
});

/** The channel that hears of alerts and incidents, or none: leads are then told by e-mail. */
const chat = z.discriminatedUnion("kind", [slack, teams, none]);

const vercel = z.strictObject({
  /** The team that owns the projects. */
  teamId: text(/^team_[A-Za-z0-9]+$/, "a Vercel team id such as team_abc123"),
  /** The team's name in addresses: vercel.com/<slug>. */
  teamSlug: slug,
  /** Function region beside the database, such as fra1. */
  region: vercelRegion,
});

const monitoring = z.strictObject({
  /** Datadog's site, as Datadog, "Getting Started with Datadog Sites", has them. */
  site: z.enum([
    "datadoghq.com",
    "us3.datadoghq.com",
    "us5.datadoghq.com",
    "datadoghq.eu",
    "ap1.datadoghq.com",
    "ap2.datadoghq.com",
    "ddog-gov.com",
    "us2.ddog-gov.com",
  ]),
  /** Where synthetic checks run from; three or more tell an outage from a network fault. */
  syntheticLocations: z
    .array(datadogLocation)
    .min(1)
    .describe("a list of one or more Datadog locations such as aws:eu-central-1"),
  /**
   * How often each service's homepage and its health are checked, which tell an outage; Datadog allows 30 to 604800.
   * Each run from each place is paid for (docs/cost.md).
   */
  uptimeIntervalSeconds: count(30, 3_600),
  /** How often all other pages and routes are: they tell that a part is out, which may take longer to notice. */
  otherChecksIntervalSeconds: count(30, 3_600).default(300),
  logRetentionDays: z.literal([3, 7, 15, 30, 45, 60, 90]),
});

const rotation = z.array(slug).min(1).describe("a list of one or more ids of people");
const timeOfDay = text(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes, such as "20:00"');

const utcMinute = z.iso
  .datetime({ precision: 0 })
  .regex(/^2[01]\d\d-.*:00Z$/)
  .describe('a time in UTC on a whole minute, in quotes, such as "2026-01-05T09:00:00Z"');

/** A crew that has certain hours of every day: with people on other continents, nobody is woken. */
const shift = z.strictObject({
  /** When the crew takes over, in `onCall.timeZone`: PagerDuty knows one time zone in a schedule. */
  from: timeOfDay,
  /** When it hands back, on the next day where this is not later than `from`. */
  to: timeOfDay,
  /** Ids of people, in the order of their turns. */
  primary: rotation,
  /** Left out where `onCall.backup` goes on: three people have no crew for each half of the day. */
  backup: rotation.optional(),
});

/** When a SEV3 rings, in `onCall.timeZone`; at other times it is told by e-mail, and rings when they begin. */
const supportHours = z.strictObject({
  from: timeOfDay,
  /** Later than `from`, on the same day. */
  to: timeOfDay,
  /** 1 for Monday to 7 for Sunday. */
  days: z
    .array(count(1, 7))
    .min(1)
    .describe("a list of days, 1 for Monday to 7")
    .default([1, 2, 3, 4, 5, 6, 7]),
});

/**
 * Work whose effects are expected and page nobody; a complete outage pages all the same. PagerDuty takes no
 * window that is over: leave the entry out afterwards.
 */
const maintenance = z.strictObject({
  from: utcMinute,
  /** At most 8 hours later. */
  to: utcMinute,
  /** Names of services; `platform` is what they share. */
  services: z.array(slug).min(1).describe("a list of one or more names of services, or platform"),
  /** What is done, for whoever wonders at the silence. */
  reason: line,
});

const onCall = z.strictObject({
  timeZone: zone,
  /** When the first turn began; turns change at this time of day. */
  rotationStart: utcMinute,
  turnDays: count(1, 28),
  /** Ids of people, in the order of their turns: on call whenever no shift is, so that no hour is left over. */
  primary: rotation,
  backup: rotation,
  /** Hours of the day that other crews have. */
  shifts: z.array(shift).default([]),
  /** Left out: from 08:00 to 20:00 on all days, or at every hour where crews with `shifts` share the day. */
  supportHours: supportHours.optional(),
  /**
   * Within its severity's response time, what fires next of a service joins the open incident and rings nobody again.
   * PagerDuty has that in its add-on AIOps: an account without it refuses it, and has to say `false`.
   */
  alertGrouping: z.boolean().default(true),
  /** Announced work. */
  maintenance: z.array(maintenance).default([]),
});

const evidence = z.strictObject({
  /**
   * What a statement of evidence without a signature counts for: `refuse`, the default, nothing; `accept`, as much
   * as one that is signed, which its finding then says. A signature that does not hold is refused either way.
   */
  unsigned: z.enum(["accept", "refuse"]),
});

/** The stack's region: `aws:region`, which Pulumi's AWS provider reads too. */
export const homeRegion = region;

/** The whole config of a stack, one key of the namespace `readiness:` each. */
export const stackConfig = z.strictObject({
  /** Name of the product; part of every resource's name. */
  product: slug,
  /**
   * How much the stack has to prove, where its name does not tell (model/tier.ts): `qa` and `staging-eu` count as
   * production otherwise. A name of production's counts more.
   */
  tier: z.enum(tiers).optional(),
  /** The team that owns it; a tag on everything. */
  owner: slug,
  /** GitHub repository of this stack, owner/name; alerts link to its runbooks. */
  repository,
  /** For a repository created, renamed or moved since 15 July 2026, or set to immutable subjects: the form of its tokens. */
  repositoryIds,
  /** Host name that customers use. */
  domain,
  awsAccount,
  plans,
  budget,
  /**
   * `pending` before the site answers under its domain: no check runs, and every alert is a draft, which tells nobody.
   * Production is not ready with it; leave it out once the site is live.
   */
  launch: z.literal("pending").optional(),
  network,
  database,
  cache,
  backups,
  dns,
  edge,
  vercel,
  monitoring,
  chat,
  errors,
  outsideWatch,
  people: z.array(person).min(1),
  onCall,
  services: z.array(service).min(1),
  evidence: evidence.default({ unsigned: "refuse" }),
});
