/**
 * Stands for a program in another language, which the embedded engine cannot run: what its component Readiness declares
 * of the stack file. Whatever else the program declares, the policy pack alone sees.
 */
import * as pulumi from "@pulumi/pulumi";
import { Readiness } from "./readiness.ts";

pulumi.log.warn(
  "the program is in another language: what its component Readiness declares of the stack file is judged, and all else by the policy pack in its preview",
);

export const { url } = new Readiness("readiness", {});
