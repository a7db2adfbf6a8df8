/** What is asked of a team before its stack files can be written: each question once, with its flag. */
import { type Part, partKinds } from "../../model/parts.ts";
import { ladders, products } from "../../model/plans/plan.ts";
import { places } from "./places.ts";
import { type Answers, keyOf, type Question, text } from "./question.ts";

const is =
  (part: string, ...kinds: readonly string[]) =>
  (answers: Answers) =>
    kinds.includes(text(answers, keyOf(part)));
const always = () => true;
const fixed = (value: string) => () => value;

function kindOf(part: Part, ask: string, meanings: Readonly<Record<string, string>>): Question {
  const kinds = Object.keys(meanings);
  return {
    key: keyOf(part),
    ask,
    example: kinds[0] ?? "",
    meanings,
    choices: kinds.filter((kind) => (partKinds[part] as readonly string[]).includes(kind)),
    propose: (found) =>
      part === "database" || part === "cache" || part === "errors" ? found[part] : kinds[0],
  };
}

/** Why a part is left out: the config wants a reason wherever a kind is `none`. */
const because = (part: Part, ask: string, likely?: string): Question => ({
  key: `${keyOf(part)}Because`,
  ask,
  example: likely ?? "leads are few, and read e-mail",
  when: is(part, "none"),
  propose: () => likely,
});

export const questions: readonly Question[] = [
  {
    key: "product",
    ask: "What is the product called? It is part of every resource's name.",
    example: "ledger",
    propose: ({ name }) => name,
  },
  { key: "owner", ask: "Which team owns it?", example: "bookkeeping", propose: ({ owner }) => owner },
  { key: "domain", ask: "Under which domain do customers reach it?", example: "ledger.example.org" },
  {
    key: "repository",
    ask: "Which GitHub repository is this, with the stack and its runbooks?",
    example: "acme/ledger-operations",
    propose: ({ repository }) => repository,
  },
  {
    key: "appRepository",
    ask: "Which GitHub repository has the app?",
    example: "acme/ledger",
    propose: ({ repository, framework }, answers) =>
      framework === undefined ? undefined : text(answers, "repository") || repository,
  },
  {
    key: "rootDirectory",
    ask: "In which folder of it is the app? . for the repository itself",
    example: "apps/ledger",
    propose: ({ folder }) => folder,
  },
  {
    key: "framework",
    ask: "Which framework is it made with?",
    example: "nextjs",
    choices: ["nextjs", "remix", "sveltekit", "nuxtjs", "astro", "vite"],
    propose: ({ framework }) => framework,
  },
  {
    key: "region",
    ask: "In which AWS region is the data?",
    example: "eu-central-1",
    choices: Object.keys(places),
    propose: ({ region }) => region,
  },
  { key: "accountStaging", ask: "Which AWS account is staging's?", example: "444455556666" },
  { key: "accountProd", ask: "Which AWS account is production's?", example: "111122223333" },
  {
    key: "vercelTeamId",
    ask: "Which Vercel team is it? Its id",
    example: "team_Zb3kQ9vXw1LrT7nY",
    propose: ({ vercelTeamId }) => vercelTeamId,
  },
  { key: "vercelTeamSlug", ask: "And its name in addresses, vercel.com/<name>?", example: "acme" },
  {
    key: "datadogSite",
    ask: "Which of Datadog's sites is yours?",
    example: "datadoghq.eu",
    choices: [
      "datadoghq.com",
      "datadoghq.eu",
      "us3.datadoghq.com",
      "us5.datadoghq.com",
      "ap1.datadoghq.com",
      "ap2.datadoghq.com",
    ],
    propose: (_, answers) => (text(answers, "region").startsWith("eu-") ? "datadoghq.eu" : "datadoghq.com"),
  },
  {
    key: "vercelPlan",
    ask: "Which plan has the team at Vercel?",
    example: "pro",
    choices: ladders.vercel,
  },
  {
    key: "pagerdutyPlan",
    ask: "And at PagerDuty?",
    example: "professional",
    choices: ladders.pagerduty,
  },
  {
    key: "pagerdutyAddOn",
    ask: "Which of PagerDuty's add-ons? AIOps groups alerts, for $699 a month and more",
    example: "none",
    choices: [...products.pagerdutyAddOns, "none"],
    propose: () => "none",
  },
  {
    key: "datadogProducts",
    ask: "Which of Datadog's products does the team pay for?",
    example: "apm",
    choices: products.datadog,
    list: true,
    propose: () => products.datadog,
  },
  {
    key: "budget",
    ask: "What may production cost a month, in US dollars? none where nobody has said",
    example: "6000",
    propose: () => "none",
  },
  {
    ...kindOf("database", "Where is the database?", {
      rds: "at AWS; the stack makes it",
      external: "at Neon, Supabase or another",
    }),
    guess: always,
  },
  {
    key: "databaseProvider",
    ask: "At whose?",
    example: "neon",
    choices: ["neon", "supabase", "other"],
    when: is("database", "external"),
    propose: ({ databaseProvider }) => databaseProvider,
  },
  {
    ...kindOf("cache", "What do the functions share in memory?", {
      valkey: "at AWS; the stack makes it",
      existing: "at AWS; it is there already",
      none: "nothing",
    }),
    guess: ({ framework }) => framework === undefined,
  },
  ...["Staging", "Prod"].map((stack) => ({
    key: `cacheGroup${stack}`,
    ask: `Which replication group of ElastiCache is ${stack === "Prod" ? "production" : "staging"}'s?`,
    example: "sessions-prod",
    when: is("cache", "existing"),
  })),
  {
    key: "cacheNodeType",
    ask: "Of which node type is it?",
    example: "cache.m7g.large",
    when: is("cache", "existing"),
  },
  {
    key: "cacheNodes",
    ask: "And of how many nodes?",
    example: "2",
    when: is("cache", "existing"),
  },
  because("cache", "Why does it need no cache?", "the app keeps nothing in memory for others"),
  {
    ...kindOf("network", "How do the functions reach the data?", {
      "secure-compute": "through Vercel's private network",
      "static-ips": "from listed addresses, by TLS and tokens",
      none: "over the internet, at others'",
    }),
    propose: (_, answers) => {
      if (text(answers, "database") === "external" && text(answers, keyOf("cache")) === "none") return "none";
      return text(answers, "vercelPlan") === "enterprise" || text(answers, keyOf("cache")) !== "none"
        ? "secure-compute"
        : "static-ips";
    },
  },
  because("network", "Why does it need no network of its own?", "all data is at other providers"),
  {
    key: "addresses",
    ask: "Which addresses does Vercel list under Connectivity?",
    example: "198.51.100.7",
    list: true,
    when: is("network", "static-ips"),
  },
  {
    ...kindOf("dns", "Where are the domain's records?", {
      route53: "in a zone that the stack makes, or one at Route 53",
      cloudflare: "in a zone that is there",
      external: "elsewhere: you enter them by hand",
    }),
    guess: always,
  },
  ...["Staging", "Prod"].flatMap((stack): readonly Question[] => [
    {
      key: `zone${stack}`,
      ask: `Is there a hosted zone already for ${stack === "Prod" ? "production" : "staging"}? Its id; none where one is to be made`,
      example: "Z0123456789ABCDEFGHIJ",
      when: is("dns", "route53"),
      propose: fixed("none"),
    },
    {
      key: `queryLog${stack}`,
      ask: "And the id of what logs its questions? none where nothing does",
      example: "3e6e7d3a-1c5b-4d2e-9f0a-0123456789ab",
      when: (answers) => !["", "none"].includes(text(answers, `zone${stack}`)),
      propose: fixed("none"),
    },
  ]),
  {
    key: "cloudflareZone",
    ask: "Which zone at Cloudflare?",
    example: "example.org",
    when: is("dns", "cloudflare"),
  },
  {
    key: "cloudflareZoneId",
    ask: "And its id?",
    example: "023e105f4ecef8ad9ca31a8372d0c353",
    when: is("dns", "cloudflare"),
  },
  {
    ...kindOf("edge", "What do requests reach first?", {
      cloudfront: "with its firewall, before Vercel",
      vercel: "its own edge and firewall",
    }),
    // CloudFront's certificate takes a CAA record beside the domain's own, which a CNAME elsewhere leaves no room for.
    propose: (_, answers) =>
      text(answers, "dns") === "route53" && text(answers, "vercelPlan") === "enterprise"
        ? "cloudfront"
        : "vercel",
  },
  {
    ...kindOf("chat", "Where does the team hear of alerts?", {
      slack: "a channel of Slack",
      teams: "a channel of Microsoft Teams",
      none: "by e-mail alone",
    }),
    guess: always,
  },
  because("chat", "Why has it no chat? Leads are told by e-mail then."),
  ...[
    ["slackWorkspaceId", "Slack's workspace id?", "T0123ABCDE"],
    ["slackChannelId", "The channel's id?", "C0123ABCDE"],
    ["slackChannel", "The channel's name, without #?", "incidents"],
    ["slackAccount", "The Slack account's name in Datadog?", "acme"],
  ].map(([key = "", ask = "", example = ""]) => ({ key, ask, example, when: is("chat", "slack") })),
  ...[
    ["teamsTenant", "The tenant's name in Microsoft Teams?", "Acme"],
    ["teamsTeam", "The team's?", "Ledger"],
    ["teamsChannel", "The channel's?", "Incidents"],
    ["teamsHandle", "What is Datadog to call it?", "ledger-incidents"],
  ].map(([key = "", ask = "", example = ""]) => ({ key, ask, example, when: is("chat", "teams") })),
  kindOf("errors", "Who keeps the app's errors?", { datadog: "beside its traces", sentry: "as now" }),
  ...[
    ["sentryOrganization", "The organisation's name in Sentry's addresses?", "acme"],
    ["sentryTeam", "And the team's?", "bookkeeping"],
    ["sentryPagerduty", "The id of PagerDuty's integration in Sentry?", "123456"],
  ].map(([key = "", ask = "", example = ""]) => ({ key, ask, example, when: is("errors", "sentry") })),
  {
    key: "people",
    ask: "Who is told of incidents? A line each; roles: on-call-engineer, tech-lead, product-lead, devops-lead, cto, several with a comma",
    example: "Ana Silva <ana@example.org> +44 7700900104 tech-lead",
    list: true,
  },
  {
    key: "timeZone",
    ask: "In which time zone do turns change?",
    example: "Europe/London",
    propose: ({ timeZone }) => timeZone,
  },
  {
    key: "pages",
    ask: "Which pages must answer? Its homepage, login, portal and admin, by names of yours, and what else counts",
    example: "login=/sign-in",
    list: true,
    propose: ({ pages }) => (pages.length > 0 ? pages : undefined),
  },
  {
    key: "routes",
    ask: "Which route stands for each class of the API: list, read, write, analytics, search?",
    example: "list=/api/entries",
    list: true,
    propose: ({ routes }) => (routes.length > 0 ? routes : undefined),
  },
  {
    key: "breakGlassRole",
    ask: "Which IAM role do people take on in an emergency, in production?",
    example: "break-glass",
    propose: fixed("break-glass"),
  },
];
