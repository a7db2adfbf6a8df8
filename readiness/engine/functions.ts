/**
 * Provider functions that a program may call, and what the embedded engine answers. It asks no cloud: what only an
 * account knows stays unknown, as everything does that a deployment has yet to create.
 */
import { unknownValue, type WireObject } from "./wire.ts";

/**
 * Stands for the account, which a preview knows: policies name it in the midst of what the rules have to read. It is the
 * one of AWS's documentation.
 */
const someAccount = "123456789012";

type Answer = (args: WireObject) => WireObject | undefined;

/** Ids of PagerDuty's vendors, the same in every account: PagerDuty REST API, "List vendors". */
const pagerDutyVendors: Readonly<Record<string, string>> = { Datadog: "PAM4FGS" };

const functions: Readonly<Record<string, Answer>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    accountId: someAccount,
    arn: unknownValue,
    id: unknownValue,
    userId: unknownValue,
  }),
  // Of a user whom the deployment has yet to create.
  "pagerduty:index/getUserContactMethod:getUserContactMethod": () => ({ id: unknownValue }),
  "pagerduty:index/getVendor:getVendor": ({ name }) => {
    const id = pagerDutyVendors[String(name)];
    return id === undefined ? undefined : { id, name: String(name), type: unknownValue };
  },
};

/** The result of a provider function that is the same in every account; nothing of any other. */
export function callFunction(token: string, args: WireObject): WireObject | undefined {
  return functions[token]?.(args);
}
