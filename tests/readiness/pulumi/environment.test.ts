import { expect, it } from "vitest";
import { assertEnvironment } from "../../../readiness/pulumi/environment.ts";
import { credentials } from "./world.ts";

it.each([
  "PULUMI_STACK",
  "PULUMI_CONFIG",
  "PULUMI_CONFIG_SECRET_KEYS",
  "PULUMI_OPTION_STACK",
  "PULUMI_OPTION_TARGET",
  "PULUMI_OPTION_CONFIG_FILE",
  "pulumi_option_cwd",
  "PULUMI_CONTINUE_ON_ERROR",
  "PULUMI_RUN_PROGRAM",
  "PULUMI_DISABLE_PROVIDER_PREVIEW",
  "PULUMI_DISABLE_VALIDATION",
  "PULUMI_DEBUG_PROVIDERS",
  "PULUMI_API",
  "PULUMI_NODEJS_STACK",
  "PULUMI_INVENTED",
])("%s is refused", (name) => {
  expect(() => assertEnvironment({ ...credentials, [name]: "prod" })).toThrow(name);
});

it("an option is one even where it is empty, anything else is not", () => {
  expect(() => assertEnvironment({ PULUMI_OPTION_TARGET: "" })).toThrow("PULUMI_OPTION_TARGET");
  expect(() => assertEnvironment({ PULUMI_STACK: "" })).not.toThrow();
});

it("names all, and no value", () => {
  expect(() => assertEnvironment({ PULUMI_STACK: "canary", PULUMI_CONFIG: "canary" })).toThrow(
    /^PULUMI_CONFIG is not among .*, nor are PULUMI_STACK: unset it and run again$/,
  );
});

it("where to log in, how fast to work and what to show is the user's to say", () => {
  const more = {
    PATH: "/bin",
    PULUMI_ACCESS_TOKEN: "x",
    PULUMI_HOME: "/home",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_PARALLEL: "4",
    PULUMI_CI_SYSTEM: "x",
    PULUMI_DIY_BACKEND_GZIP: "true",
    PULUMI_OPTION_NON_INTERACTIVE: "true",
    PULUMI_OPTION_COLOR: "never",
  };
  expect(() => assertEnvironment({ ...credentials, ...more })).not.toThrow();
});
