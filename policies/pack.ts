/** The policy pack as the Pulumi engine starts it: `pulumi preview --policy-pack policies`. */
import { PolicyPack } from "@pulumi/policy";
import { getStack, runtime } from "@pulumi/pulumi";
import { policiesOf } from "./crossguard.ts";
import { rules } from "./rules.ts";

new PolicyPack("production-readiness", {
  policies: policiesOf(rules, { stack: getStack(), preview: runtime.isDryRun() }),
});
