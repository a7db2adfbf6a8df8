import { setTimeout as delay } from "node:timers/promises";
import * as aws from "@pulumi/aws";
import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/** An error of the program's own. */
class OwnError extends Error {
  override readonly name = "OwnError";
}

/** One way to fail each; the stack's name chooses. */
const failures: Readonly<Record<string, () => unknown>> = {
  throws: () => {
    new random.RandomPet("declared-before");
    throw new OwnError("thrown");
  },
  rejects: async () => {
    await delay(1);
    throw new OwnError("rejected");
  },
  "throws-in-apply": () => {
    pulumi.output(1).apply(() => {
      throw new OwnError("thrown in apply");
    });
  },
  "throws-in-input": () => {
    const prefix = pulumi.output("a").apply((): string => {
      throw new OwnError("thrown in an input");
    });
    const pet = new random.RandomPet("pet", { prefix });
    new random.RandomPet("follower", { prefix: pet.id });
  },
  "throws-in-timer": () => {
    setTimeout(() => {
      throw new OwnError("thrown in a timer");
    }, 1);
  },
  "rejects-unawaited": () => {
    Promise.reject(new OwnError("rejected and not awaited"));
  },
  logs: async () => {
    await pulumi.log.warn("a warning");
    await pulumi.log.error("an error");
  },
  "same-name": () => {
    new random.RandomPet("twin");
    new random.RandomPet("twin");
  },
  "unknown-function": () => aws.getBillingServiceAccount(),
  "unknown-vendor": () => pagerduty.getVendor({ name: "Nobody" }),
  "waits-for-promise": () => new Promise(() => {}),
  "waits-for-input": () => {
    new random.RandomPet("pet", { prefix: new Promise<string>(() => {}) });
  },
  "remote-component": () => new pulumi.ComponentResource("other:index:Remote", "remote", {}, {}, true),
  method: () => pulumi.runtime.call("other:index:Remote/method", {}),
};

export default () => failures[pulumi.getStack()]?.();
