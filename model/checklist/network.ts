import type { ChecklistRows } from "./row.ts";

const section = "Network";
const proof = "policy";
/** The network of what is there already is another program's. */
const read = [{ database: ["existing-rds"] }, { database: ["external"], cache: ["existing"] }] as const;
const needs = { network: ["secure-compute", "static-ips"] } as const;

export const networkItems = {
  "NET-01": {
    section,
    statement: "The data stores can live in as many zones as the region's smallest failure asks",
    proof,
    needs,
    read,
    why: "A store whose subnets lie in one zone goes down with it, and cannot be restored beside it.",
    remedy: "List the zones under network.zones in {stackFile}.",
  },
  "NET-02": {
    section,
    statement:
      "The data stores reach nothing on the internet, and nobody there reaches them but the application",
    proof,
    needs,
    read,
    why: "What can be reached is scanned within minutes; what can reach out can carry data away.",
    remedy:
      "Leave routes and security groups to components/network.ts and components/store-security-group.ts.",
  },
  "NET-03": {
    section,
    statement:
      "All traffic of the network is logged, encrypted, and kept long enough to look into an intrusion",
    proof,
    needs,
    read,
    why: "Intrusions are found months later; without the log nobody can say what was taken.",
    remedy: "Set network.logRetentionDays in {stackFile}, and keep the flow log in components/network.ts.",
  },
  "NET-04": {
    section,
    statement: "What nobody gave a security group reaches nothing",
    proof,
    needs,
    read,
    why: "AWS puts every resource without a group into the default one, whose members all reach each other.",
    remedy: "Keep the default security group declared without rules in components/network.ts.",
  },
  "NET-06": {
    section,
    statement: "The internet at large reaches no port by which machines and stores are administered",
    proof,
    needs,
    read,
    why: "Such ports are tried within minutes, day and night, with every password that ever leaked.",
    remedy: "Take the range out of the security group; people come by Session Manager or a VPN.",
  },
  "NET-05": {
    section,
    statement: "The application can reach the data stores",
    proof,
    needs,
    read,
    why: "Networks whose addresses overlap, or whose names do not resolve, cannot be connected later.",
    remedy:
      "Choose network.cidr and network.privateNetworkCidr apart in {stackFile}, or list network.addresses, and leave DNS on in components/network.ts.",
  },
} as const satisfies ChecklistRows;
