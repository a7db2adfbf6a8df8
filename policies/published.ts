/**
 * The pack as it is published to an organisation, away from this project: the rules alone. The verdict of a release, its
 * waivers and what a team has reviewed stand in files that are not there.
 */
import { PolicyPack } from "@pulumi/policy";
import { Config, getStack, runtime } from "@pulumi/pulumi";
import { policiesOf } from "./crossguard.ts";
import { rules } from "./rules.ts";

new PolicyPack("production-readiness", {
  policies: policiesOf(rules, {
    stack: getStack(),
    declaredTier: new Config("readiness").get("tier"),
    preview: runtime.isDryRun(),
    objection: () => undefined,
  }),
});
