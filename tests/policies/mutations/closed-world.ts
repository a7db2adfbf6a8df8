import { type Mutation, on, set } from "./mutation.ts";

const database = "aws:rds/instance:Instance";

export const closedWorldMutations: readonly Mutation[] = [
  {
    rule: "types-reviewed",
    title: "a schedule of a kind that nothing looks at",
    change: on("pagerduty:index/tag:Tag", (r) => ({ ...r, type: "pagerduty:index/addon:Addon" })),
  },
  {
    rule: "properties-reviewed",
    title: "one property more",
    change: on(database, set("nobodyLookedAtThis", true)),
  },
  {
    rule: "references-explained",
    also: ["database-clients-private"],
    title: "a second security group, of whoever has this id",
    change: on(database, (r) => {
      const groups = r.props["vpcSecurityGroupIds"] as readonly unknown[];
      return { ...r, props: { ...r.props, vpcSecurityGroupIds: [...groups, "sg-0123456789abcdef0"] } };
    }),
  },
  {
    rule: "references-explained",
    title: "a paging service of which somebody else's customers depend",
    change: on(
      { type: "pagerduty:index/serviceDependency:ServiceDependency", name: /-platform-sev1$/ },
      set("dependency.dependentServices.0.id", "PFOREIGN1"),
    ),
  },
  {
    rule: "changes-not-ignored",
    title: "a database whose changes are passed over",
    change: on(database, (r) => ({ ...r, ignoreChanges: ["publiclyAccessible"] })),
  },
];
