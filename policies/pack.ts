/** The policy pack as the Pulumi engine starts it: `pulumi preview --policy-pack policies`. */

import { join } from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { getStack, runtime } from "@pulumi/pulumi";
import { policiesOf } from "./crossguard.ts";
import { objectionTo } from "./release-verdict.ts";
import { rules } from "./rules.ts";

const stack = getStack();

new PolicyPack("production-readiness", {
  policies: policiesOf(rules, {
    stack,
    preview: runtime.isDryRun(),
    objection: () => objectionTo(join(import.meta.dirname, ".."), stack),
  }),
});
