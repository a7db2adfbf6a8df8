/** What a team writes of a service: where it lives, what it promises, what it reports. */
import { z } from "zod";
import { defaultServiceLevels } from "../service-levels/targets.ts";
import { availabilityPercent, count, errorPercent, milliseconds, percent, slug } from "./forms.ts";
import {
  branch,
  folder,
  headerName,
  headerValue,
  reason,
  repository,
  repositoryIds,
  route,
  secretName,
  servicePath,
  urlPath,
} from "./languages.ts";

const latencyLevel = z.strictObject({ targetMs: milliseconds, alertMs: milliseconds });
const defaults = defaultServiceLevels;
const serviceLevels = z.strictObject({
  latency: z
    .strictObject({
      list: latencyLevel.default(defaults.latency.list),
      read: latencyLevel.default(defaults.latency.read),
      write: latencyLevel.default(defaults.latency.write),
      analytics: latencyLevel.default(defaults.latency.analytics),
      search: latencyLevel.default(defaults.latency.search),
    })
    .prefault({}),
  overallLatency: latencyLevel.default(defaults.overallLatency),
  availability: z
    .strictObject({ targetPercent: availabilityPercent, alertPercent: availabilityPercent })
    .default(defaults.availability),
  errorRate: z
    .strictObject({ targetPercent: errorPercent, alertPercent: errorPercent, runbookPercent: errorPercent })
    .default(defaults.errorRate),
  cacheHitRate: z
    .strictObject({ targetPercent: percent, alertPercent: percent })
    .default(defaults.cacheHitRate),
  pageResponseMs: milliseconds.default(defaults.pageResponseMs),
  bundle: z
    .strictObject({ targetKB: count(1, 100_000), alertKB: count(1, 100_000) })
    .default(defaults.bundle),
  testCoveragePercent: percent.default(defaults.testCoveragePercent),
});

/** Of a quiet service one every hundred minutes; above the most nothing here is a matter of chance. */
const perMinute = z.number().min(0.01).max(1_000_000);

/** A job that has finished adds 1 to the metric `job.completed`, tagged `job:<name>`. */
const heartbeats = z
  .array(
    z.strictObject({
      name: slug,
      /** How often it runs. A monitor looks back a week at most. */
      everyMinutes: count(5, 2_880),
    }),
  )
  .refine((jobs) => new Set(jobs.map(({ name }) => name)).size === jobs.length)
  .describe("a list of jobs with distinct names")
  .optional();

const pageName = slug.optional();
/** Such as `{ kind: none, because: it has no accounts }`, which the checklist says in place of the page. */
const noPage = z.strictObject({ kind: z.literal("none"), because: reason });
const page = z
  .union([slug, noPage])
  .describe("the name of one of its pages, or kind: none and because")
  .optional();

/** How a check asks, where a bare request that is answered with 200 is not it. Redirects are answers: nobody follows. */
const check = z.strictObject({
  /** The answer that is right. A page behind a login answers a stranger with 307: say so, or let the check log in. */
  status: count(200, 399).default(200),
  /** Where an answer of 3xx leads, such as /login; needed there, and nowhere else. */
  location: urlPath.optional(),
  /** Sent with the request, for everybody in Datadog to read. */
  headers: z.record(headerName, headerValue).default({}),
  /** The secret config `secrets:<NAME>` is sent as the header Authorization. */
  authentication: secretName.optional(),
});

const written = z.strictObject({
  name: slug,
  /** The team that owns the service and its alerts; the stack's owner where absent. */
  owner: slug.optional(),
  /** GitHub repository, owner/name. */
  repository,
  /** As for the stack's own repository: of the tokens that evidence comes with. */
  repositoryIds,
  /** Branch that goes to this stack's production deployment. */
  branch: branch.default("main"),
  /** Folder of the app within the repository. */
  rootDirectory: folder.optional(),
  framework: z.enum(["nextjs", "remix", "sveltekit", "nuxtjs", "astro", "vite"]),
  /** Where the service lives on the stack's domain; exactly one service has "/". */
  path: servicePath,
  /** Pages that must answer: name to path. */
  pages: z.record(slug, urlPath),
  /**
   * Which of them is the homepage, the login, the portal of customers and the area of admins, where it has another
   * name; or why there is none. The homepage is else the page where the service begins.
   */
  pageRoles: z.strictObject({ homepage: pageName, login: page, portal: page, admin: page }).optional(),
  /** One representative route for each endpoint class, which checks call; checks never write. */
  routes: z.strictObject({
    list: route,
    read: route,
    write: route,
    analytics: route,
    search: route,
  }),
  /** Where the service says how it is; `/api/health` below its path where absent. */
  healthPath: urlPath.default(""),
  /** By the name of a check: a page's, `health`, or `api-list`, `api-read`, `api-analytics`, `api-search`. */
  checks: z.record(slug, check).default({}),
  /** Background jobs that report when they have finished; one that stays silent raises an alert. */
  heartbeats,
  /**
   * Paths that Vercel calls by itself, `crons` of the app's vercel.json. These calls do not come through CloudFront:
   * the firewall lets them in with `CRON_SECRET`, which the stack then gives to the app.
   */
  crons: z
    .array(urlPath)
    .refine((paths) => new Set(paths).size === paths.length)
    .describe("a list of distinct paths such as /api/cron/reminders")
    .default([]),
  /** How long a request may take, unless the app itself says `maxDuration`; CloudFront waits a little longer. */
  maxDurationSeconds: count(5, 60).default(30),
  /**
   * How the pages' inline scripts run; Next.js has some on every page. `nonce`: the app sends a
   * Content-Security-Policy of its own with a nonce for each request, and the edge's is for answers without one
   * (docs/edge.md). `unsafe`: the edge lets every inline script run, and EDGE-05 takes a waiver.
   */
  inlineScripts: z.enum(["nonce", "unsafe"]).default("nonce"),
  /**
   * Requests that reach it a minute, those of our own checks among them: of its quiet and its busy hours,
   * `[15, 240]`, half of the day each, or of each hour of the day, 24 numbers. Its alerts are kept quiet at these
   * numbers; where absent, at what the checks send alone.
   */
  requestsPerMinute: z
    .array(perMinute)
    .refine(({ length }) => length === 2 || length === 24)
    .describe(
      "two numbers from 0.01 to 1000000, of quiet and of busy hours, or 24, one for each hour of the day",
    )
    .optional(),
  /** Names of sensitive environment variables; the value of each is the secret config `secrets:<NAME>`. */
  secrets: z.array(secretName).default([]),
  serviceLevels: serviceLevels.prefault({}),
});

export const service = written.overwrite((given) => ({
  ...given,
  healthPath: given.healthPath || `${given.path === "/" ? "" : given.path}/api/health`,
}));
