import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadStack } from "../../../readiness/inputs/stack-file.ts";
import { assertCredentials } from "../../../readiness/pulumi/credentials.ts";
import { fixtures } from "../project.ts";
import { credentials } from "./world.ts";

const { spec, config } = loadStack(fixtures, "prod");

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "readiness-home-"));
});
afterEach(() => rmSync(home, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), text);
}

/** What is missing, without the first line; the project's folder is the home folder. */
function missing(
  env: Readonly<Record<string, string>>,
  keys: Readonly<Record<string, string>> = config,
): string[] {
  try {
    assertCredentials(spec, keys, { env, home, projectDir: home });
    return [];
  } catch (error) {
    const [head, ...lines] = (error as Error).message.split("\n");
    expect(head).toBe("Nothing was started: credentials for prod are missing.");
    return lines.map((line) =>
      line
        .trim()
        .split(/\s{2,}|: /)
        .slice(0, 2)
        .join(" "),
    );
  }
}

/** All credentials but these. */
function without(...names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(credentials).filter(([name]) => !names.includes(name)));
}

it("finds nothing missing where everything is set", () => {
  expect(missing(credentials)).toEqual([]);
});

it("names everything that is missing at once", () => {
  expect(missing({})).toEqual([
    "AWS AWS_PROFILE",
    "Datadog DD_API_KEY",
    "Datadog DD_APP_KEY",
    "PagerDuty PAGERDUTY_TOKEN",
    "PagerDuty PAGERDUTY_USER_TOKEN",
    "Vercel VERCEL_API_TOKEN",
    "Pulumi PULUMI_ACCESS_TOKEN",
  ]);
});

it("takes an empty value for none, as CI gives it for a secret that is not there", () => {
  expect(missing({ ...credentials, DD_API_KEY: "", PAGERDUTY_TOKEN: "" })).toEqual([
    "Datadog DD_API_KEY",
    "PagerDuty PAGERDUTY_TOKEN",
  ]);
});

it("tells where each comes from, and no value", () => {
  const { VERCEL_API_TOKEN: _, ...env } = credentials;
  const told = () => assertCredentials(spec, config, { env, home, projectDir: home });
  expect(told).toThrow("https://vercel.com/account/tokens");
  expect(told).not.toThrow(/canary/);
});

describe("AWS", () => {
  const others = without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

  it.each([
    ["a token file and its role", { AWS_WEB_IDENTITY_TOKEN_FILE: "/token", AWS_ROLE_ARN: "arn" }],
    ["a container's role", { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2" }],
  ])("may be %s", (_, env) => {
    expect(missing({ ...others, ...env })).toEqual([]);
  });

  it.each([".aws/config", ".aws/credentials"])("may be a profile in ~/%s", (file) => {
    write(file, "[default]\n");
    expect(missing(others)).toEqual([]);
  });

  it("may be a profile elsewhere", () => {
    write("elsewhere", "[default]\n");
    expect(missing({ ...others, AWS_CONFIG_FILE: join(home, "elsewhere") })).toEqual([]);
  });

  it("is not half a key or half a role", () => {
    expect(missing({ ...others, AWS_ACCESS_KEY_ID: "a", AWS_ROLE_ARN: "arn" })).toEqual(["AWS AWS_PROFILE"]);
  });
});

it.each([
  ["DATADOG_API_KEY", "DD_API_KEY"],
  ["DATADOG_APP_KEY", "DD_APP_KEY"],
])("Datadog's provider reads %s too", (name, other) => {
  expect(missing({ ...without(other), [name]: "a" })).toEqual([]);
});

it("Datadog takes a bearer token for both keys", () => {
  expect(missing({ ...without("DD_API_KEY", "DD_APP_KEY"), DD_BEARER_TOKEN: "a" })).toEqual([]);
});

it("PagerDuty's tokens may stand encrypted in the stack file; Datadog's provider would not read them there", () => {
  const secure = "[unknown secret]";
  const keys = {
    ...config,
    "pagerduty:token": secure,
    "pagerduty:userToken": secure,
    "datadog:apiKey": secure,
  };
  const env = without("PAGERDUTY_TOKEN", "PAGERDUTY_USER_TOKEN", "DD_API_KEY");
  expect(missing(env, keys)).toEqual(["Datadog DD_API_KEY"]);
});

describe("Pulumi", () => {
  const others = without("PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE");
  const cloud = "https://api.pulumi.com";
  const login = (accounts: object) => JSON.stringify({ current: cloud, accounts });

  it.each<[string, Record<string, string>]>([
    ["an access token", { PULUMI_ACCESS_TOKEN: "a" }],
    ["a bucket and a passphrase", { PULUMI_BACKEND_URL: "s3://state", PULUMI_CONFIG_PASSPHRASE: "a" }],
    ["a bucket and an empty passphrase", { PULUMI_BACKEND_URL: "s3://state", PULUMI_CONFIG_PASSPHRASE: "" }],
    ["a bucket and a file", { PULUMI_BACKEND_URL: "s3://state", PULUMI_CONFIG_PASSPHRASE_FILE: "/a" }],
  ])("is reached by %s", (_, env) => {
    expect(missing({ ...others, ...env })).toEqual([]);
  });

  it("is reached by a login", () => {
    write(".pulumi/credentials.json", login({ [cloud]: { accessToken: "canary" } }));
    expect(missing(others)).toEqual([]);
    expect(missing({ ...others, PULUMI_HOME: join(home, "other") })).toEqual(["Pulumi PULUMI_ACCESS_TOKEN"]);
  });

  it("is not reached by a login that has ended, or by a damaged one", () => {
    write(".pulumi/credentials.json", login({}));
    expect(missing(others)).toEqual(["Pulumi PULUMI_ACCESS_TOKEN"]);
    write(".pulumi/credentials.json", "{");
    expect(missing(others)).toEqual(["Pulumi PULUMI_ACCESS_TOKEN"]);
  });

  it("goes by the backend of Pulumi.yaml before the login's", () => {
    write(".pulumi/credentials.json", login({ [cloud]: { accessToken: "canary" } }));
    write("Pulumi.yaml", "name: readiness\nbackend:\n  url: s3://state\n");
    expect(missing(others)).toEqual(["Pulumi PULUMI_CONFIG_PASSPHRASE"]);
  });

  it.each([
    [
      "a key management service encrypts the secrets",
      "secretsprovider: awskms://alias/pulumi\n",
      "s3://state",
      [],
    ],
    [
      "the stack file says passphrase",
      "secretsprovider: passphrase\n",
      cloud,
      ["Pulumi PULUMI_CONFIG_PASSPHRASE"],
    ],
    [
      "the stack file has a passphrase's salt",
      "encryptionsalt: v1:x\n",
      cloud,
      ["Pulumi PULUMI_CONFIG_PASSPHRASE"],
    ],
    ["a bucket keeps the state", "config: {}\n", "s3://state", ["Pulumi PULUMI_CONFIG_PASSPHRASE"]],
    ["Pulumi Cloud keeps both", "config: {}\n", cloud, []],
  ])("asks for a passphrase or not where %s", (_, stackFile, backend, expected) => {
    write("Pulumi.prod.yaml", stackFile);
    const env = { ...others, PULUMI_BACKEND_URL: backend, PULUMI_ACCESS_TOKEN: "a" };
    expect(missing(env)).toEqual(expected);
  });
});
