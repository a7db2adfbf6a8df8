/** Where the data is, and how the functions reach it. */
import { keyOf, type Question, text } from "./question.ts";
import { always, because, is, kindOf } from "./question-kinds.ts";

export const dataQuestions: readonly Question[] = [
  {
    ...kindOf("database", "Where is the database?", {
      rds: "at AWS; the stack makes it",
      "existing-rds": "at AWS; it is there already",
      external: "at Neon, Supabase or another",
    }),
    guess: always,
  },
  ...["Staging", "Prod"].map((stack) => ({
    key: `databaseInstance${stack}`,
    ask: `Which instance of RDS is ${stack === "Prod" ? "production" : "staging"}'s?`,
    example: stack === "Prod" ? "ledger-main" : "ledger-staging",
    when: is("database", "existing-rds"),
  })),
  ...[
    ["databaseName", "What is the database in it called?", "ledger"],
    ["databaseClass", "Of which instance class is production's?", "db.m7g.large"],
    ["databaseMaxStorage", "To how many GiB may its storage grow?", "1000"],
    ["databaseMaxConnections", "How many connections does it take at most?", "400"],
  ].map(([key = "", ask = "", example = ""]) => ({
    key,
    ask,
    example,
    when: is("database", "existing-rds"),
  })),
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
];
