import { drop, type Mutation, on, set } from "./mutation.ts";

const group = { type: "aws:cloudwatch/logGroup:LogGroup", name: /-queries$/ };
const policy = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";

export const edgeQueryMutations: readonly Mutation[] = [
  {
    rule: "edge-dns-queries-logged",
    also: ["edge-dns-queries-kept"],
    title: "nobody writes down what is asked about the domain",
    change: drop("aws:route53/queryLog:QueryLog"),
  },
  {
    rule: "edge-dns-queries-logged",
    title: "Route 53 may write into another log alone",
    stack: "staging",
    change: on(policy, (r) =>
      set(
        "policyDocument",
        String(r.props["policyDocument"]).replace("/aws/route53/", "/aws/route53/other."),
      )(r),
    ),
  },
  {
    rule: "edge-dns-queries-kept",
    title: "what was asked is kept for a week",
    change: on(group, set("retentionInDays", 7)),
  },
];
