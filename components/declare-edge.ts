/** What customers' requests reach first, and how they get on to the services, as the spec chooses these parts. */
import type * as pulumi from "@pulumi/pulumi";
import type { ServiceSpec, StackSpec } from "../model/config/stack-spec.ts";
import { originHost } from "../model/evidence/dns-records.ts";
import type { Way } from "./app/way.ts";
import type { DnsArgs } from "./edge/declare-dns.ts";
import type { Dns } from "./edge/dns/dns.ts";
import { rumIntake } from "./edge/headers.ts";
import { Edge } from "./edge.ts";
import { VercelEdge } from "./vercel-edge.ts";

export interface DeclaredEdge {
  readonly dns: Dns;
  /** How customers' requests get to a service. */
  readonly wayTo: (service: ServiceSpec) => Way;
}

export function declareEdge(
  spec: StackSpec,
  { providers, tags }: Pick<DnsArgs, "providers" | "tags">,
  opts: pulumi.ComponentResourceOptions,
): DeclaredEdge {
  const { dns, domain, edge: settings, tier, services } = spec;
  const name = `${spec.product}-edge`;
  const args = { dns, domain, providers, tier, tags };
  if (settings.kind === "vercel") {
    const { dns: declared } = new VercelEdge(name, args, opts);
    return { dns: declared, wayTo: () => settings };
  }
  const edge = new Edge(
    name,
    {
      ...args,
      settings,
      origins: services.map((s) => ({ ...s, service: s.name, host: originHost(s.name, domain) })),
      connectSources: [rumIntake(spec.monitoring.site)],
    },
    opts,
  );
  return {
    dns: edge.dns,
    wayTo: ({ path }) => ({
      kind: "cloudfront",
      originSecret: edge.originSecret,
      ownsDomain: settings.forwardHost && path === "/",
    }),
  };
}
