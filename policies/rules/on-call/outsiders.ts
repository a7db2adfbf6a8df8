/** Incidents say where a product is weak, and while it is: they are for the organisation's own people and tools. */
import { apiKey, contact, incidentRule, slack, user, webhook } from "../../declared/on-call.ts";
import { recipientsOf } from "../../declared/recipients.ts";
import { eachRule } from "../../each-rule.ts";
import { show } from "../../expect.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Doubt, type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";
import { whenReadable } from "../../unknown-value.ts";

/** Hosts of Datadog's sites (Datadog, "Getting Started with Datadog Sites"). */
const datadogIntake = /^https:\/\/([\w-]+\.)*(datadoghq\.(com|eu)|ddog-gov\.com)\//;
/** Addresses by what they are for (RFC 2142 and what is usual), and by whom nobody is reached. */
const mailbox =
  /^((do-?not|no)-?reply|abuse|admin(istrator)?|alerts?|billing|contact|dev(ops)?|engineering|hello|help(desk)?|hostmaster|info|it|mail|mailer-daemon|monitoring|noc|office|on-?call|operations|ops|pagerduty|platform|postmaster|root|sales|security|service|shared|sre|staff|support|sysadmin|team|webmaster)([-._+]?(team|group|list|\w*\d+))?@/i;
/** Public and private channels; the others are conversations of one or a few people. */
const channel = /^[CG][A-Z0-9]+$/;

export const outsiderRules: readonly Rule[] = [
  resourceRule({
    id: "webhooks-tell-datadog-alone",
    item: "ONC-38",
    type: webhook,
    check: (hook) => {
      const keyed = linked(hook as Resource, "deliveryMethods", apiKey).length > 0;
      const ways = whenReadable(() => hook.props.deliveryMethods);
      if (!ways) return keyed ? undefined : { doubt: "deliveryMethods cannot be read" };
      return ways.flatMap((way, i): readonly (Violation | Doubt)[] => {
        const path = `deliveryMethods.${i}`;
        if (way.type !== "http_delivery_method") {
          return [{ observed: `${path}.type is ${show(way.type)}`, wanted: "http_delivery_method" }];
        }
        return [
          addressFault(
            whenReadable(() => way.url),
            keyed,
            `${path}.url`,
          ) ?? [],
        ].flat();
      });
    },
  }),
  stackRule({
    id: "people-of-one-organisation",
    item: "ONC-38",
    checkStack: (stack) => {
      const people = stack.ofType(user);
      if (people.length === 0) return { observed: "no user is declared", wanted: "declared" };
      const byDomain = Map.groupBy(people, ({ props }) => domainOf(props.email));
      const most = Math.max(...[...byDomain.values()].map((of) => of.length));
      return [...byDomain].flatMap(([domain, of]): readonly (Violation | Doubt)[] => {
        const resource = of[0] as Resource;
        if (domain === undefined) return [{ resource, observed: "its email is no address", wanted: "one" }];
        const shared = of.filter(({ props }) => mailbox.test(props.email ?? ""));
        if (shared.length > 0) {
          return shared.map((person) => ({
            resource: person as Resource,
            observed: "its email is a mailbox of several people, or of nobody",
            wanted: "one person's own",
          }));
        }
        // Colleagues may come from several companies; one against all the others is for somebody to look at.
        return of.length === 1 && most > people.length / 2
          ? [{ resource, doubt: "its email is of a domain that nobody else has" }]
          : [];
      });
    },
  }),
  eachRule({
    id: "people-mailed-at-their-organisation",
    item: "ONC-38",
    each: contact,
    check: (method) => {
      if (method.props.type !== "email_contact_method") return undefined;
      const [owner] = linked(method as Resource, "userId", user);
      const domain = domainOf(method.props.address);
      if (method.props.address === owner?.props.email) {
        return {
          observed: "its address is its owner's email, for which PagerDuty has a contact method already",
          wanted: "that one, or another address",
        };
      }
      return domain !== undefined && domain === domainOf(owner?.props.email)
        ? undefined
        : { observed: "its address is of another domain than its owner's email", wanted: "of the same" };
    },
  }),
  eachRule({
    id: "incident-notices-stay-inside",
    item: "ONC-38",
    tiers: ["production"],
    each: incidentRule,
    check: ({ props }, stack) => {
      const { channels, others } = recipientsOf(stack);
      const domains = new Set(stack.ofType(user).map((person) => domainOf(person.props.email)));
      return (props.handles ?? [])
        .map((handle) => handle.replace(/^@/, "").toLowerCase())
        .filter((handle) => !handle.startsWith("pagerduty-") && !channels.has(handle) && !others.has(handle))
        .filter((handle) => domainOf(handle) === undefined || !domains.has(domainOf(handle)))
        .map((handle) => ({ doubt: `it tells ${handle}, which nothing in this stack declares` }));
    },
  }),
  stackRule({
    id: "slack-in-one-workspace",
    item: "ONC-38",
    needs: { chat: ["slack"] },
    checkStack: (stack) => {
      const connections = stack.ofType(slack);
      const [first] = connections;
      const byChannel = Map.groupBy(connections, ({ props }) => props.channelId);
      const most = Math.max(0, ...[...byChannel.values()].map((of) => of.length));
      if (!first) return { observed: "no Slack connection is declared", wanted: "declared" };
      return connections.flatMap((resource): readonly (Violation | Doubt)[] => [
        ...(channel.test(resource.props.channelId)
          ? []
          : [
              {
                resource: resource as Resource,
                observed: "its channelId is no channel's",
                wanted: "C… or G…",
              },
            ]),
        // A channel of each severity's, or of each service's, is one of several; a single one is for somebody to look at.
        ...(channel.test(resource.props.channelId) &&
        byChannel.get(resource.props.channelId)?.length === 1 &&
        most > connections.length / 2
          ? [{ resource: resource as Resource, doubt: "its channel is one that no other service posts to" }]
          : []),
        ...(resource.props.workspaceId === first.props.workspaceId
          ? []
          : [
              {
                resource: resource as Resource,
                doubt: `its workspace is another one than that of ${first.name}`,
              },
            ]),
      ]);
    },
  }),
];

/**
 * @param url nothing where it cannot be read: before the deployment, or because a state keeps it closed
 * @param keyed whether it holds a key of Datadog's
 */
function addressFault(url: string | undefined, keyed: boolean, path: string): Violation | Doubt | undefined {
  if (url === undefined) return keyed ? undefined : { doubt: `${path} cannot be read` };
  if (datadogIntake.test(url)) return undefined;
  return url.startsWith("https://") && !keyed
    ? { doubt: `${path} is not of Datadog, and nothing says whose it is` }
    : { observed: `${path} is not of Datadog over TLS`, wanted: "an address of Datadog's" };
}

function domainOf(address: string | undefined): string | undefined {
  return /^[^\s@]+@([^\s@.]+(?:\.[^\s@.]+)+)$/.exec(address ?? "")?.[1]?.toLowerCase();
}
