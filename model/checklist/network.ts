import type { ChecklistRows } from "./row.ts";

const section = "Network";
const proof = "policy";

export const networkItems = {
  "NET-01": {
    section,
    statement: "The data stores can live in as many zones as the region's smallest failure asks",
    proof,
    why: "A store whose subnets lie in one zone goes down with it, and cannot be restored beside it.",
    remedy: "List the zones under network.zones in {stackFile}.",
  },
  "NET-02": {
    section,
    statement: "The data stores have no address on the internet and no way to it",
    proof,
    why: "What can be reached is scanned within minutes; what can reach out can carry data away.",
    remedy: "Leave the data subnets private and without a default route in components/network.ts.",
  },
  "NET-03": {
    section,
    statement:
      "All traffic of the network is logged, encrypted, and kept long enough to look into an intrusion",
    proof,
    why: "Intrusions are found months later; without the log nobody can say what was taken.",
    remedy: "Set network.logRetentionDays in {stackFile}, and keep the flow log in components/network.ts.",
  },
  "NET-04": {
    section,
    statement: "What nobody gave a security group reaches nothing",
    proof,
    why: "AWS puts every resource without a group into the default one, whose members all reach each other.",
    remedy: "Keep the default security group declared without rules in components/network.ts.",
  },
  "NET-05": {
    section,
    statement: "The application can reach the data stores over its private network",
    proof,
    why: "Networks whose addresses overlap, or whose names do not resolve, cannot be connected later.",
    remedy:
      "Choose network.cidr and network.privateNetworkCidr apart in {stackFile}, and leave DNS on in components/network.ts.",
  },
} as const satisfies ChecklistRows;
