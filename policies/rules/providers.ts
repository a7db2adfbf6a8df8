/** What programs tell the vendors' providers: whom they talk to, as whom, and how thoroughly. */
import { accountsOf } from "../declared/aws-account.ts";
import { show } from "../expect.ts";
import type { Resource, Stack } from "../resource.ts";
import { type Rule, stackRule, type Violation } from "../rule.ts";
import { whenReadable } from "../unknown-value.ts";

interface Vendor {
  /** Where it holds credentials. */
  readonly credentials: readonly string[];
  /** What may be said, where anything is. */
  readonly allowed: Readonly<Record<string, RegExp>>;
  readonly required?: readonly string[];
}

const [yes, no] = [/^true$/, /^false$/];

/** By package of the provider; AWS's has rules of its own. */
const vendors: Readonly<Record<string, Vendor>> = {
  pagerduty: {
    credentials: ["token", "userToken"],
    allowed: {
      apiUrlOverride: /^https:\/\/api\.(eu\.)?pagerduty\.com\/?$/,
      serviceRegion: /^(us|eu|)$/,
      skipCredentialsValidation: no,
    },
  },
  datadog: {
    credentials: [
      "apiKey",
      "appKey",
      "bearerToken",
      "awsAccessKeyId",
      "awsSecretAccessKey",
      "awsSessionToken",
    ],
    allowed: {
      // Datadog, "Getting Started with Datadog Sites".
      apiUrl: /^https:\/\/api\.([a-z]+\d\.)?(datadoghq\.(com|eu)|ddog-gov\.com)\/?$/,
      validate: yes,
      httpClientRetryEnabled: yes,
      httpClientRetryMaxRetries: /^[1-9]\d*$/,
    },
    // Without it, whoever deploys decides by their environment on which site.
    required: ["apiUrl"],
  },
  cloudflare: {
    credentials: ["apiKey", "apiToken", "apiUserServiceKey"],
    allowed: { baseUrl: /^https:\/\/api\.cloudflare\.com\/client\/v4\/?$/ },
  },
  sentry: { credentials: ["token"], allowed: { baseUrl: /^https:\/\/([a-z]+\.)?sentry\.io\/api\/?$/ } },
  // Some of its resources fail without a team.
  vercel: { credentials: ["apiToken"], allowed: {}, required: ["team"] },
};

/** The first versions in whose line the vendors mend what is wrong; Datadog's knows status pages from 5.9 on. */
const oldest: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  aws: [7, 0],
  cloudflare: [6, 0],
  datadog: [5, 9],
  pagerduty: [3, 4],
  random: [4, 0],
  vercel: [5, 0],
};

interface DeclaredProvider {
  readonly name: string;
  readonly vendor: Vendor;
  readonly props: Readonly<Record<string, unknown>>;
  readonly resource: Resource | undefined;
}

export const providerRules: readonly Rule[] = [
  stackRule({
    id: "provider-credentials-given",
    item: "GOV-14",
    checkStack: eachProvider(({ vendor, props }) =>
      // From the environment or from encrypted config: the providers keep either as a secret among their inputs.
      vendor.credentials
        .filter((key) => key in props && whenReadable(() => props[key]) === "")
        .map((key) => ({ observed: `${key} is empty`, wanted: "left out, or a credential" })),
    ),
  }),
  stackRule({
    id: "providers-ask-their-vendors",
    item: "GOV-15",
    checkStack: eachProvider(({ vendor, props }) => [
      ...(vendor.required ?? [])
        .filter((key) => !props[key])
        .map((key) => ({ observed: `${key} is not set`, wanted: "set" })),
      ...Object.entries(vendor.allowed)
        .filter(([key, form]) => props[key] !== undefined && !form.test(String(props[key])))
        .map(([key]) => ({ observed: `${key} is ${show(props[key])}`, wanted: "the vendor's own" })),
    ]),
  }),
  stackRule({
    id: "providers-in-support",
    item: "GOV-05",
    checkStack: ({ resources }) => {
      const providers = resources.filter(({ type }) => type.startsWith("pulumi:providers:"));
      if (providers.length === 0) return { observed: "no provider is declared", wanted: "declared" };
      return providers.flatMap((resource): readonly Violation[] => {
        const { version } = resource.props;
        const first = oldest[resource.type.split(":").at(-1) ?? ""];
        // The SDK says its own version; without one, whoever deploys has installed what they have.
        if (!first || typeof version !== "string") return [];
        const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
        const recent = major > first[0] || (major === first[0] && minor >= first[1]);
        return recent
          ? []
          : [{ resource, observed: `its version is ${version}`, wanted: `≥ ${first.join(".")}` }];
      });
    },
  }),
  stackRule({
    id: "aws-in-one-account",
    item: "GOV-15",
    checkStack: ({ resources }) => {
      const used = resources.flatMap((r) =>
        r.type === "pulumi:providers:aws"
          ? [{ name: r.name, props: r.props, resource: r }]
          : r.type.startsWith("aws:") && r.provider
            ? [{ ...r.provider, resource: r }]
            : [],
      );
      if (used.length === 0) return { observed: "no provider of AWS is declared", wanted: "declared" };
      // A program's own provider stands before what uses it.
      const providers = [...new Map(used.reverse().map((provider) => [provider.name, provider])).values()];
      const accounts = new Set(providers.flatMap(({ props }) => accountsOf(props)));
      return providers.flatMap(({ name, props, resource }) => {
        const own = accountsOf(props);
        if (own.length === 1 && accounts.size === 1) return [];
        const observed = own.length === 0 ? "any account" : own.join(" and ");
        return { resource, observed: `${name} deploys to ${observed}`, wanted: "one account for all" };
      });
    },
  }),
  stackRule({
    id: "vercel-in-one-team",
    item: "GOV-15",
    checkStack: (stack) => {
      const subjects = stack.resources.filter(({ type }) => type.startsWith("vercel:"));
      if (subjects.length === 0) return { observed: "no Vercel resource is declared", wanted: "declared" };
      const first = new Map<boolean, string>();
      return subjects.flatMap((resource) =>
        [resource.props["teamId"], resource.provider?.props["team"]].flatMap((team): readonly Violation[] => {
          if (typeof team !== "string") return [];
          // A team is named by its id or by its slug, of which one does not tell the other.
          const isId = team.startsWith("team_");
          const wanted = first.get(isId) ?? team;
          first.set(isId, wanted);
          return team === wanted ? [] : [{ resource, observed: `its team is ${team}`, wanted }];
        }),
      );
    },
  }),
];

function eachProvider(ask: (provider: DeclaredProvider) => readonly Violation[]) {
  return (stack: Stack): readonly Violation[] => {
    const providers = providersOf(stack);
    if (providers.length === 0) {
      return [
        { observed: `no provider of ${Object.keys(vendors).join(", ")} is declared`, wanted: "declared" },
      ];
    }
    return providers.flatMap((provider) =>
      ask(provider).map((violation) => ({
        ...(provider.resource ? { resource: provider.resource } : {}),
        ...violation,
      })),
    );
  };
}

const providerTypes = "pulumi:providers:";

/** Each provider once: those that are declared, and those that resources say they are managed by. */
function providersOf({ resources }: Stack): readonly DeclaredProvider[] {
  const found = new Map<string, DeclaredProvider>();
  for (const resource of resources) {
    const isOwn = resource.type.startsWith(providerTypes);
    const type = isOwn ? resource.type.slice(providerTypes.length) : resource.type;
    const [vendorName = ""] = type.split(":", 1);
    const vendor = vendors[vendorName];
    const provider = isOwn ? resource : resource.provider;
    if (!vendor || !provider) continue;
    const { name, props } = provider;
    const key = `${vendorName} ${name}`;
    if (isOwn || !found.has(key))
      found.set(key, { name, vendor, props, resource: isOwn ? resource : undefined });
  }
  return [...found.values()];
}
