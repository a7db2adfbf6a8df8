/** A deployment that is not what it was declared is found by its values, whatever its dependencies say. */
import { expect, it } from "vitest";
import { evaluate } from "../../policies/evaluate.ts";
import { rules } from "../../policies/rules.ts";
import { deployed } from "../../readiness/inputs/deployed-stack.ts";
import { parseState } from "../../readiness/inputs/state-file.ts";
import { deployedStacks, exportOf, type Json } from "./exports.ts";

type Resources = readonly (Json & { readonly type: string; readonly inputs: Json; readonly outputs: Json })[];

/** Ids of the rules that do not hold, secrets aside, for production's state with this change of it. */
function open(change: (resources: Resources) => readonly Json[]): readonly string[] {
  const state = exportOf(deployedStacks.prod) as { readonly deployment: { readonly resources: Resources } };
  const resources = change(state.deployment.resources);
  const text = JSON.stringify({ ...state, deployment: { ...state.deployment, resources } });
  const stack = deployed(parseState("-", text), "-", { project: "readiness", stack: "prod" });
  const found = evaluate(rules, stack).filter((f) => !["pass", "not-applicable"].includes(f.outcome));
  return found.flatMap((f) => (/which the export does not show/.test(f.observed) ? [] : [f.by]));
}

/** Gives the first resource of a type other values, as a refresh does. */
function refreshed(type: string, values: Json) {
  return (resources: Resources): readonly Json[] => {
    const one = resources.find((r) => r.type === type);
    const changed = one && {
      ...one,
      inputs: { ...one.inputs, ...values },
      outputs: { ...one.outputs, ...values },
    };
    return resources.map((r) => (r === one ? changed : r) as Json);
  };
}

/** Declares one more resource of a type, which nothing in the program flows into. */
function added(type: string, inputs: (resources: Resources) => Json) {
  return (resources: Resources): readonly Json[] => {
    const one = resources.find((r) => r.type === type);
    const values = { ...one?.inputs, ...inputs(resources) };
    const more = {
      urn: `${one?.["urn"]}-more`,
      id: "more-0a1b2c3d",
      dependencies: [],
      propertyDependencies: {},
    };
    return [...resources, { ...one, ...more, inputs: values, outputs: values }];
  };
}

const of = (resources: Resources, type: string) => resources.find((r) => r.type === type);

it("nothing is found where it is as declared", () => {
  expect(open((resources) => resources)).toEqual([]);
});

it.each<[string, string, (resources: Resources) => readonly Json[]]>([
  [
    "the firewall taken off",
    "edge-firewall-attached",
    refreshed("aws:cloudfront/distribution:Distribution", { webAclId: "" }),
  ],
  [
    "the database in another group",
    "database-clients-private",
    refreshed("aws:rds/instance:Instance", { vpcSecurityGroupIds: ["sg-0f0e1d2c"] }),
  ],
  [
    "another key",
    "database-storage-key-own",
    refreshed("aws:rds/instance:Instance", { kmsKeyId: "arn:aws:kms:eu-central-1:1:key/foreign" }),
  ],
  [
    "pages to another policy",
    "paging-service-escalates",
    refreshed("pagerduty:index/service:Service", { escalationPolicy: "PFOREIGN1" }),
  ],
  [
    "a flow log of another network",
    "network-traffic-logged",
    refreshed("aws:ec2/flowLog:FlowLog", { vpcId: "vpc-0f0e1d2c" }),
  ],
  [
    "the internet let in by a literal id",
    "database-clients-private",
    added("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", (resources) => ({
      securityGroupId: String(of(resources, "aws:rds/instance:Instance")?.inputs["vpcSecurityGroupIds"]),
      cidrIpv4: "0.0.0.0/0",
    })),
  ],
])("%s is found: %s", (_, rule, change) => {
  expect(open(change)).toContain(rule);
});
