/** What is asked of a team before its stack files can be written: each question once, with its flag. */
import { ladders, products } from "../../model/plans/plan.ts";
import { places } from "./places.ts";
import { type Question, text } from "./question.ts";
import { always, because, fixed, is, kindOf } from "./question-kinds.ts";
import { dataQuestions } from "./questions-data.ts";

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
  ...dataQuestions,
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
