/** Ways in that are open to everybody, or that anybody on the way reads: balancers, functions' addresses, clusters. */
import { openToInternet } from "../../aws.ts";
import { securityGroup } from "../../declared/security-groups.ts";
import { equals, oneOf, show } from "../../expect.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import type { Violation } from "../../rule.ts";
import { ifSet, is, like } from "../../sound/sound.ts";
import { type Check, each, listOf, type Other } from "./other.ts";

/** The provider has the same resource under several names. */
const listeners = ["lb", "alb", "applicationloadbalancing", "elasticloadbalancingv2"].map(
  (module) => `aws:${module}/listener:Listener`,
);
const balancers = listeners.map((type) => type.replace("listener:Listener", "loadBalancer:LoadBalancer"));

interface Action {
  readonly type?: string;
  readonly redirect?: { readonly protocol?: string };
}

/** Whether the internet reaches it, as far as the program says. */
function isPublic(listener: Resource, stack: Stack): boolean {
  const owners = balancers.flatMap((token) => linked(listener, "loadBalancerArn", { token })) as Resource[];
  return owners.every(
    (owner) =>
      owner.props["internal"] !== true &&
      (linked(owner, "securityGroups", securityGroup).length === 0 ||
        openToInternet(stack, owner, "securityGroups").length > 0),
  );
}

const redirects: Check = (listener, stack) => {
  if (listener.props["protocol"] !== "HTTP" || !isPublic(listener, stack)) return undefined;
  return listOf<Action>(listener.props["defaultActions"]).some(({ type }) => type === "forward")
    ? {
        observed: "it forwards plain HTTP",
        wanted: "a redirect to HTTPS",
        mend: "make its default action a redirect to HTTPS (301)",
      }
    : undefined;
};

/** Elastic Load Balancing User Guide, "Security policies": those that speak TLS 1.0 or 1.1; the first one where nothing is said. */
const weakPolicies = /^ELBSecurityPolicy-(2015-05|2016-08|TLS-1-[01]-|FS-1-1-|FS-2018-06|TLS13-1-[01]-)/;

const strongTls: Check = ({ props }) => {
  const { protocol, sslPolicy } = props;
  if (protocol !== "HTTPS" && protocol !== "TLS") return undefined;
  return !sslPolicy || weakPolicies.test(String(sslPolicy))
    ? { observed: `sslPolicy is ${show(sslPolicy)}`, wanted: "ELBSecurityPolicy-TLS13-1-2-2021-06" }
    : undefined;
};

/** A setting of a zone at Cloudflare, by its id. */
const zoneSetting =
  (id: string, wanted: readonly string[]): Check =>
  ({ props }) =>
    props["settingId"] === id ? oneOf(props, "value", wanted) : undefined;

const zoneSettings = "cloudflare:index/zoneSetting:ZoneSetting";
const overrides = "cloudflare:index/zoneSettingsOverride:ZoneSettingsOverride";

const apiClosed: Check = ({ props }) => {
  const { endpointPublicAccess = true, publicAccessCidrs = ["0.0.0.0/0"] } = (props["vpcConfig"] ?? {}) as {
    readonly endpointPublicAccess?: boolean;
    readonly publicAccessCidrs?: readonly string[];
  };
  return endpointPublicAccess && (publicAccessCidrs.length === 0 || publicAccessCidrs.includes("0.0.0.0/0"))
    ? {
        observed: "its API answers 0.0.0.0/0",
        wanted: "known networks",
        mend: "list the team's networks in vpcConfig.publicAccessCidrs, or set vpcConfig.endpointPublicAccess to false",
      }
    : undefined;
};

/** EKS User Guide, "Create a managed node group": with a key and without a group port 22 is open to the internet. */
const nodesClosed: Check = ({ props }): Violation | undefined => {
  const access = (props["remoteAccess"] ?? {}) as {
    readonly ec2SshKey?: string;
    readonly sourceSecurityGroupIds?: readonly string[];
  };
  return access.ec2SshKey && !access.sourceSecurityGroupIds?.length
    ? {
        observed: "0.0.0.0/0 may connect to port 22 of its nodes",
        wanted: "security groups",
        mend: "leave remoteAccess out, or list who may connect in remoteAccess.sourceSecurityGroupIds",
      }
    : undefined;
};

export const wayInRules: readonly Other[] = [
  // Security Hub, ELB.1.
  {
    id: "sites-redirect-to-https",
    item: "EDGE-01",
    types: {
      ...each(listeners, redirects),
      [zoneSettings]: (one, ...more) =>
        zoneSetting("always_use_https", ["on"])(one, ...more) ??
        // "Flexible": plain HTTP from Cloudflare to the origin, behind a padlock.
        zoneSetting("ssl", ["full", "strict", "origin_pull"])(one, ...more),
      [overrides]: {
        "settings.alwaysUseHttps": ifSet(is("on")),
        "settings.ssl": ifSet(like(/^(full|strict|origin_pull)$/, "strict")),
      },
    },
  },
  // Security Hub, ELB.17 and APIGateway.
  {
    id: "sites-tls-floor",
    item: "EDGE-02",
    types: {
      ...each(listeners, strongTls),
      "aws:apigateway/domainName:DomainName": { securityPolicy: ifSet(like(/TLS_?1_[23]/, "TLS_1_2")) },
      [zoneSettings]: zoneSetting("min_tls_version", ["1.2", "1.3"]),
      [overrides]: { "settings.minTlsVersion": ifSet(like(/^1\.[23]$/, "1.2")) },
    },
  },
  // Security Hub, Lambda.1.
  {
    id: "functions-ask-who-calls",
    item: "ACC-03",
    types: {
      "aws:lambda/functionUrl:FunctionUrl": ({ props }) => equals(props, "authorizationType", "AWS_IAM"),
      // A grant to everybody, with nothing that says from where.
      "aws:lambda/permission:Permission": ({ props }) =>
        props["principal"] === "*" &&
        !props["sourceArn"] &&
        !props["sourceAccount"] &&
        !props["principalOrgId"]
          ? props["functionUrlAuthType"]
            ? undefined // Of the address the rule speaks where it is declared.
            : { observed: "principal is *", wanted: "who calls it, or with sourceArn" }
          : undefined,
    },
  },
  // Security Hub, EKS.1.
  {
    id: "clusters-administered-from-inside",
    item: "NET-06",
    types: {
      "aws:eks/cluster:Cluster": apiClosed,
      "aws:eks/nodeGroup:NodeGroup": nodesClosed,
    },
  },
];
