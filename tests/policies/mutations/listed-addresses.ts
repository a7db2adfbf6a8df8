/** What is broken where the services come over the internet, from addresses that are listed. */
import { type Change, drop, type Mutation, on, set } from "./mutation.ts";
import { unlink } from "./unlink.ts";

const variant = "listed addresses";
const rule = { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name: /\.7\/32$/ };
const instance = "aws:rds/instance:Instance";
const internet = { type: "aws:ec2/route:Route", name: /-data-internet$/ };
const gateway = "aws:ec2/internetGateway:InternetGateway";

const broken: readonly (readonly [rule: string, title: string, change: Change, also?: readonly string[]])[] =
  [
    [
      "database-clients-listed",
      "a range of addresses may connect",
      on(rule, set("cidrIpv4", "198.51.100.0/24")),
    ],
    ["database-clients-listed", "the world may connect", on(rule, set("cidrIpv4", "0.0.0.0/0"))],
    ["database-clients-listed", "nobody's address may connect", on(rule, set("cidrIpv4", "127.0.0.1/32"))],
    ["database-clients-listed", "other ports are open too", on(rule, set("toPort", 6543))],
    [
      "database-clients-listed",
      "the database reaches the world",
      on(
        { type: "aws:ec2/securityGroup:SecurityGroup", name: /-db$/ },
        set("egress", [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }]),
      ),
    ],
    [
      "network-data-subnets-by-one-gateway",
      "the subnets reach the internet by a gateway of translation",
      on(internet, (r) => {
        const { gatewayId: _, ...props } = r.props;
        const { gatewayId: __, ...propertyDependencies } = r.propertyDependencies;
        return { ...r, props: { ...props, natGatewayId: "nat-1" }, propertyDependencies };
      }),
      ["network-lets-the-addresses-in"],
    ],
    ["network-lets-the-addresses-in", "nothing leads to the database", drop(internet)],
    [
      "network-lets-the-addresses-in",
      "it has no address on the internet",
      on(instance, set("publiclyAccessible", false)),
    ],
    ["network-lets-the-addresses-in", "the gateway is of another network", on(gateway, unlink("vpcId"))],
    [
      "database-clients-verify",
      "any certificate will do",
      on(
        {
          type: "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
          name: "portal-pgsslmode",
        },
        set("value", "verify-ca"),
      ),
    ],
    [
      "backups-restore-tests-stay-inside",
      "what is restored is public",
      on("aws:backup/restoreTestingSelection:RestoreTestingSelection", (r) => {
        const { publiclyAccessible: _, ...others } = Object(r.props["restoreMetadataOverrides"]);
        return set("restoreMetadataOverrides", others)(r);
      }),
    ],
    [
      "app-region-chosen",
      "functions run across the ocean",
      on("vercel:index/project:Project", set("resourceConfig.functionDefaultRegions", ["iad1"])),
      ["customer-data-in-one-geography"],
    ],
    [
      "parts-as-chosen",
      "there is a private network all the same",
      on("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", (r) => ({
        ...r,
        type: "vercel:index/network:Network",
        props: { name: "portal-prod", teamId: "team_Zb3kQ9vXw1LrT7nY", cidr: "10.60.0.0/20", region: "fra1" },
      })),
      ["network-default-security-group-closed", "providers-ask-their-vendors"],
    ],
  ];

export const listedAddressMutations: readonly Mutation[] = broken.map(([id, title, change, also = []]) => ({
  rule: id,
  title,
  change,
  also,
  variant,
}));
