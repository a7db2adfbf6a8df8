/** What the component of on-call declares, run with mocks. */
import * as pulumi from "@pulumi/pulumi";
import { OnCall, type OnCallArgs } from "../../../components/on-call.ts";

export type Inputs = Readonly<Record<string, unknown>>;
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
}

export const person = (id: string, role: OnCallArgs["people"][number]["roles"][number], number: string) => ({
  id,
  name: `${id} example`,
  email: `${id}@example.com`,
  phone: { countryCode: 385, number },
  roles: [role],
});

export const args: OnCallArgs = {
  product: "portal",
  stack: "prod",
  tier: "production",
  owner: "web-platform",
  people: [
    person("ana", "on-call-engineer", "915550101"),
    person("bruno", "on-call-engineer", "915550102"),
    person("cvita", "tech-lead", "915550103"),
    person("dino", "devops-lead", "915550104"),
    person("ema", "cto", "915550105"),
  ],
  onCall: {
    timeZone: "Europe/Zagreb",
    rotationStart: "2026-01-05T09:00:00Z",
    turnDays: 7,
    primary: ["bruno", "ana", "cvita"],
    backup: ["cvita", "dino"],
    shifts: [],
    alertGrouping: true,
    maintenance: [],
  },
  chat: {
    kind: "slack",
    workspaceId: "T0123ABCD",
    channelId: "C0123ABCD",
    channel: "incidents",
    account: "example",
  },
  monitoring: { site: "datadoghq.eu" },
  services: [{ name: "portal" }],
};

/** Everything that the component declares; an id is the resource's type and name, or unknown in a preview. */
export async function declare(
  change: Partial<OnCallArgs> = {},
  preview = false,
): Promise<readonly Declared[]> {
  const declared: Declared[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        declared.push({ type: type.split(":").at(-1) ?? type, name, inputs });
        const id = `${type.split(":").at(-1)} ${name}`;
        return preview
          ? { id: undefined, state: {} }
          : { id, state: { ...inputs, integrationKey: `key of ${name}`, key: "datadog-key" } };
      },
      call: ({ token, inputs: { name, label, type, userId } }) => ({
        id: userId ? `${label} ${type} of ${userId}` : `${token} ${name}`,
      }),
    },
    "readiness",
    "prod",
    preview,
  );
  try {
    new OnCall("on-call", { ...args, ...change });
  } finally {
    await pulumi.runtime.disconnect();
  }
  return declared;
}

/** Looks among what a component declares. */
export function among(declared: readonly Declared[]) {
  return {
    all: (type: string): readonly Declared[] => declared.filter((r) => r.type === type),
    one: (type: string, name: string): Inputs => {
      const found = declared.find((r) => r.type === type && r.name === name);
      if (!found) throw new Error(`${type} ${name} is not declared`);
      return found.inputs;
    },
  };
}
