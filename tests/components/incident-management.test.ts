import { beforeAll, describe, expect, it } from "vitest";
import { IncidentManagement, type IncidentManagementArgs } from "../../components/incident-management.ts";
import { severities } from "../../model/on-call/severities.ts";
import { type Declared, declare, inputsOf, only } from "./support/declare.ts";

const person = (id: string, role: IncidentManagementArgs["people"][number]["roles"][number]) => ({
  id,
  name: `${id} example`,
  email: `${id}@example.com`,
  phone: { countryCode: 385, number: "915550101" },
  roles: [role],
});

const args: IncidentManagementArgs = {
  product: "portal",
  stack: "prod",
  repository: "example/portal-readiness",
  people: [
    person("ana", "on-call-engineer"),
    person("cvita", "tech-lead"),
    person("dino", "devops-lead"),
    person("ema", "cto"),
    person("fran", "product-lead"),
  ],
  chat: {
    kind: "slack",
    workspaceId: "T0123ABCD",
    channelId: "C0123ABCD",
    channel: "incidents",
    account: "example",
  },
};

describe("IncidentManagement", () => {
  let declared: readonly Declared[];
  const rule = (name: string) => {
    const found = declared.find((d) => d.type === "IncidentNotificationRule" && d.name.endsWith(name));
    if (!found) throw new Error(`no rule ${name}`);
    return found.inputs;
  };

  beforeAll(async () => {
    declared = await declare(() => new IncidentManagement("incidents", args));
  });

  it("declares the same in a preview, where no id is known", async () => {
    const key = ({ type, name }: Declared) => `${type} ${name}`;
    const preview = await declare(() => new IncidentManagement("incidents", args), true);
    expect(preview.map(key).toSorted()).toEqual(declared.map(key).toSorted());
  });

  it("hangs everything on one incident type, which is not the organisation's default", () => {
    expect(only(declared, "IncidentType")).toMatchObject({ name: "portal-prod", isDefault: false });
    const kinds = ["IncidentUserDefinedRole", "IncidentUserDefinedField", "IncidentPostmortemTemplate"];
    const notices = ["IncidentNotificationRule", "IncidentNotificationTemplate"];
    const parts = [...kinds, ...notices].flatMap((kind) => inputsOf(declared, kind));
    expect(parts).toHaveLength(3 + 2 + 1 + 7 + 2);
    for (const { incidentType } of parts) expect(incidentType).toBe("IncidentType incidents");
  });

  it.each(severities)("pages the platform's PagerDuty service of %s, once", (severity) => {
    expect(rule(`page-${severity.toLowerCase()}`)).toMatchObject({
      enabled: true,
      conditions: [{ field: "severity", values: [severity.replace("SEV", "SEV-")] }],
      handles: [`@pagerduty-portal-platform-prod-${severity.toLowerCase()}`],
    });
    expect(rule(`page-${severity.toLowerCase()}`)).not.toHaveProperty("renotifyOns");
  });

  it("tells Slack, and the leads of the severity, of every change", () => {
    const slack = "@slack-example-incidents";
    expect(rule("update-sev1")["handles"]).toEqual([
      slack,
      "@cvita@example.com",
      "@dino@example.com",
      "@ema@example.com",
      "@fran@example.com",
    ]);
    expect(rule("update-sev2")["handles"]).toEqual([slack, "@cvita@example.com", "@fran@example.com"]);
    expect(rule("update-sev3")).toMatchObject({
      handles: [slack],
      renotifyOns: expect.arrayContaining(["severity", "status"]),
    });
  });

  it("names fields in the post-mortem that incidents have", () => {
    const { content } = only(declared, "IncidentPostmortemTemplate");
    const fields = inputsOf(declared, "IncidentUserDefinedField").map(({ name }) => String(name));
    expect(fields).toEqual(["trigger", "mitigation"]);
    for (const field of fields) expect(content).toContain(`{{incident.${field}}}`);
  });

  it("has no text with blanks at its ends, which Datadog takes away", () => {
    const texts = declared.flatMap(({ inputs }) =>
      ["content", "subject", "description", "name"].map((key) => inputs[key]),
    );
    for (const text of texts.filter((t) => typeof t === "string")) expect(text).toBe(text.trim());
  });
});
