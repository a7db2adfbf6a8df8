/** What tells that a stack has a part, and of which kind: the types of its resources. */
import { type Kind, type Part, type Parts, partNames, parts } from "../../model/parts.ts";
import type { Resource, Stack } from "../resource.ts";

/** A part by the types of its resources. */
interface Traces<P extends Part> {
  /** The types of each kind; those that say nothing of a part stand with none. */
  readonly kinds: { readonly [K in Kind<P>]?: RegExp };
  /** Types of the part that no kind declares. Beside a part that is there, the closed world tells that nobody looks at them. */
  readonly others: RegExp;
  /** The kinds with which there is nothing of the part in the stack, so that the others are strangers too. */
  readonly without: readonly Kind<P>[];
}

/** A type of one of AWS's services, by either of its providers. */
const aws = (services: string) => `^aws(-native)?:(${services})[/:]`;
const anyOf = (...patterns: readonly string[]) => new RegExp(patterns.join("|"));

/** Other clouds' names of their services. */
const clouds = (gcp: string, azure: string) =>
  `^gcp:(${gcp})/|^google-native:(${gcp})/|^azure(-native)?:(${azure})[/:]`;

const traces: { readonly [P in Part]: Traces<P> } = {
  network: {
    kinds: {
      "secure-compute": anyOf("^vercel:index/network", aws("ec2|vpc"), "^readiness:index:(Private)?Network$"),
      "static-ips": anyOf(
        "^aws(-native)?:(ec2|vpc)[/:](?!vpcPeering|peering|vpn|customerGateway)",
        "^readiness:index:Network$",
      ),
    },
    others: anyOf(
      aws("ec2clientvpn|ec2transitgateway|directconnect|lightsail|networkfirewall|networkmanager|vpclattice"),
      "^awsx:ec2:|^(tailscale|twingate|zerotier):",
      clouds("networkconnectivity|servicenetworking|vpcaccess", "network"),
    ),
    without: ["none"],
  },
  database: {
    kinds: {
      rds: anyOf(aws("rds|backup")),
      // What is read is not declared.
      "existing-rds": anyOf(aws("backup")),
      external: /^readiness:index:DumpStore$/,
    },
    others: anyOf(
      aws("docdb|docdbelastic|dms|dsql|dynamodb|efs|elasticsearch|keyspaces|neptune|neptunegraph"),
      aws("opensearch|opensearchserverless|qldb|redshift|redshiftserverless|simpledb|timestream\\w*"),
      "^(cockroach|mongodbatlas|planetscale|singlestoredb|snowflake):",
      clouds("alloydb|bigtable|firestore|spanner|sql", "cosmosdb|dbfor\\w+|documentdb|mysql|postgresql|sql"),
    ),
    without: ["external"],
  },
  cache: {
    kinds: { valkey: anyOf(aws("elasticache|memorydb")) },
    others: anyOf(aws("dax"), "^(momento|upstash):", "[Rr]edis|[Vv]alkey|[Mm]emcache|[Dd]ragonfly"),
    without: ["none"],
  },
  dns: {
    kinds: {
      // A health check asks after a domain whoever keeps its records.
      route53: /^aws(-native)?:route53[/:](?![hH]ealthCheck)/,
      cloudflare: /^cloudflare:/,
    },
    others: anyOf(
      aws("route53domains|servicediscovery"),
      "[/:](d|\\w*D)(ns|NS)",
      "^(dnsimple|ns1|powerdns):",
      "[/:](zone|record)(Record|Set|s)?:",
    ),
    without: ["external"],
  },
  edge: {
    kinds: { cloudfront: anyOf(aws("acm|cloudfront|cloudfrontkeyvaluestore|wafv2")) },
    others: anyOf(
      aws(
        "alb|amplify|apigateway|apigatewayv2|apprunner|appsync|elb|elasticloadbalancing\\w*|globalaccelerator",
      ),
      aws("lb|shield|waf|wafregional"),
      "^cloudflare:index/(\\w*[lL]oadBalancer|pageRule|pages|ruleset|snippet|spectrum|\\w*[wW]orker|\\w*[wW]aitingRoom)",
      "^(akamai|bunnynet|fastly|imperva):",
      clouds("networksecurity|networkservices", "cdn|frontdoor"),
    ),
    without: ["vercel"],
  },
  errors: {
    kinds: { sentry: /^sentry:/ },
    others: /^(airbrake|bugsnag|honeybadgerio|newrelic|raygun|rollbar):/,
    without: ["datadog"],
  },
  chat: {
    kinds: {
      slack:
        /^(slack:|datadog:slack\/|datadog:\w+\/integrationSlack|pagerduty:index\/slack|aws(-native)?:chatbot[/:][sS]lack)/,
      teams: /^(datadog:ms\/|pagerduty:index\/ms|aws(-native)?:chatbot[/:]([tT]eams|[mM]icrosoftTeams))/,
    },
    others: /^(discord|mattermost|zulip):|^datadog:google\/|^pagerduty:index\/extension:/,
    without: ["none"],
  },
  outsideWatch: {
    kinds: {
      route53: /^(aws(-native)?:route53[/:][hH]ealthCheck:?|readiness:index:OutsideWatch$)/,
      elsewhere: /^readiness:index:OutsideWatchKey$/,
    },
    others: /^$/,
    without: [],
  },
};

/** The resources of parts that a stack is said to do without, and of kinds that it is said not to have. */
export function strangers(
  stack: Stack,
  chosen: Parts,
): readonly { readonly resource: Resource; readonly part: string; readonly kind: string }[] {
  const types = new Set(stack.resources.map(({ type }) => type));
  const strange = new Map<string, { part: string; kind: string }>();
  for (const part of parts) {
    const { kind } = chosen[part];
    for (const type of types) {
      if (isStrange(type, traces[part], kind)) strange.set(type, { part: partNames[part], kind });
    }
  }
  return stack.resources.flatMap((resource) => {
    const found = strange.get(resource.type);
    return found ? [{ resource, ...found }] : [];
  });
}

function isStrange(type: string, { kinds, others, without }: Traces<Part>, kind: Kind): boolean {
  const all: Readonly<Record<string, RegExp | undefined>> = kinds;
  if (all[kind]?.test(type)) return false;
  if (Object.values(all).some((like) => like?.test(type))) return true;
  return (without as readonly Kind[]).includes(kind) && others.test(type);
}
