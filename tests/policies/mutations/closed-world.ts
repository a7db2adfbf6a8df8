import { type Mutation, on } from "./mutation.ts";

const database = "aws:rds/instance:Instance";

export const closedWorldMutations: readonly Mutation[] = [
  {
    rule: "references-explained",
    title: "a second security group, of whoever has this id",
    change: on(database, (r) => {
      const groups = r.props["vpcSecurityGroupIds"] as readonly unknown[];
      return { ...r, props: { ...r.props, vpcSecurityGroupIds: [...groups, "sg-0123456789abcdef0"] } };
    }),
  },
  {
    rule: "changes-not-ignored",
    title: "a database whose changes are passed over",
    change: on(database, (r) => ({ ...r, ignoreChanges: ["publiclyAccessible"] })),
  },
];
