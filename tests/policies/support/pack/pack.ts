import { PolicyPack } from "@pulumi/policy";
import { getStack, runtime } from "@pulumi/pulumi";
import { policiesOf } from "../../../../policies/crossguard.ts";
import { rules } from "./rules.ts";

new PolicyPack("rules-of-every-kind", {
  policies: policiesOf(rules, {
    stack: getStack(),
    preview: runtime.isDryRun(),
    objection: () => undefined,
    waived: new Set(["bucket-sized urn:pulumi:prod::readiness::test:index:Bucket::signed-for"]),
  }),
});
