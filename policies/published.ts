/**
 * The pack as it is published to an organisation, away from this project: the rules alone. The verdict of a release, its
 * waivers and what a team has reviewed stand in files that are not there.
 */
import { PolicyPack } from "@pulumi/policy";
import { Config, getStack, runtime } from "@pulumi/pulumi";
import { declarationOf } from "../model/declaration.ts";
import { policiesOf } from "./crossguard.ts";
import { rules } from "./rules.ts";

new PolicyPack("production-readiness", {
  policies: policiesOf(rules, {
    stack: getStack(),
    declared: declarationOf((name) => new Config("readiness").get(name)),
    preview: runtime.isDryRun(),
    objection: () => undefined,
  }),
});
