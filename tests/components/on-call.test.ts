import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { OnCall, type OnCallArgs } from "../../components/on-call.ts";
import { escalationLevels } from "../../spec/escalation.ts";
import { severities, severityLevels } from "../../spec/severities.ts";

const { specialSigKey, specialSecretSig } = pulumi.runtime;

type Inputs = Readonly<Record<string, unknown>>;
interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
}

const person = (id: string, role: OnCallArgs["people"][number]["role"], number: string) => ({
  id,
  name: `${id} example`,
  email: `${id}@example.com`,
  phone: { countryCode: 385, number },
  role,
});

const args: OnCallArgs = {
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
    maintenance: [],
    slack: { workspaceId: "T0123ABCD", channelId: "C0123ABCD", channel: "incidents", account: "example" },
  },
  monitoring: { site: "datadoghq.eu" },
  services: [{ name: "portal" }],
};

/** Everything that the component declares; an id is the resource's type and name, or unknown in a preview. */
async function declare(change: Partial<OnCallArgs> = {}, preview = false): Promise<readonly Declared[]> {
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
      call: ({ token, inputs }) => ({ id: `${token} ${inputs["name"]}` }),
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

describe("OnCall", () => {
  let declared: readonly Declared[];
  const all = (type: string) => declared.filter((r) => r.type === type);
  const one = (type: string, name: string, among = declared): Inputs => {
    const found = among.find((r) => r.type === type && r.name === name);
    if (!found) throw new Error(`${type} ${name} is not declared`);
    return found.inputs;
  };

  beforeAll(async () => {
    declared = await declare();
  });

  it("declares the same in a preview, where no id is known", async () => {
    const key = ({ type, name }: Declared) => `${type} ${name}`;
    const preview = await declare({}, true);
    expect(preview.map(key).toSorted()).toEqual(declared.map(key).toSorted());
  });

  it("makes everybody a member of the team who can be mailed, texted and called", () => {
    expect(all("User")).toHaveLength(5);
    expect(one("TeamMembership", "on-call-ema")).toMatchObject({
      userId: "User on-call-ema",
      teamId: "Team on-call",
      role: "manager",
    });
    expect(one("UserContactMethod", "on-call-ana-email")).toMatchObject({ address: "ana@example.com" });
    for (const channel of ["sms", "phone"]) {
      expect(one("UserContactMethod", `on-call-ana-${channel}`)).toMatchObject({
        type: `${channel}_contact_method`,
        countryCode: 385,
        address: "915550101",
      });
    }
  });

  it("rings at once for high urgency and only mails for low", () => {
    const rules = all("UserNotificationRule")
      .map((r) => r.inputs)
      .filter(({ userId }) => userId === "User on-call-bruno")
      .map(({ urgency, startDelayInMinutes, contactMethod }) => ({
        urgency,
        startDelayInMinutes,
        contactMethod,
      }));
    const by = (channel: string) => ({
      type: `${channel}_contact_method`,
      id: `UserContactMethod on-call-bruno-${channel}`,
    });
    expect(rules).toHaveLength(4);
    expect(rules).toEqual(
      expect.arrayContaining([
        { urgency: "high", startDelayInMinutes: 0, contactMethod: by("sms") },
        { urgency: "high", startDelayInMinutes: 0, contactMethod: by("phone") },
        { urgency: "high", startDelayInMinutes: 3, contactMethod: by("phone") },
        { urgency: "low", startDelayInMinutes: 0, contactMethod: by("email") },
      ]),
    );
  });

  it("rotates people in the order of the config", () => {
    expect(one("Schedule", "on-call-primary")).toMatchObject({
      name: "portal-prod-primary",
      timeZone: "Europe/Zagreb",
      layers: [
        {
          start: "2026-01-05T09:00:00Z",
          rotationVirtualStart: "2026-01-05T09:00:00Z",
          rotationTurnLengthSeconds: 604_800,
          users: ["User on-call-bruno", "User on-call-ana", "User on-call-cvita"],
        },
      ],
    });
    expect(one("Schedule", "on-call-backup")).toMatchObject({
      layers: [{ users: ["User on-call-cvita", "User on-call-dino"] }],
    });
  });

  it("lays a shift's crew over the rotation, which keeps all other hours", async () => {
    const shift = { from: "20:00", to: "06:30", primary: ["dino", "ema"], backup: ["ema", "dino"] };
    const followTheSun = await declare({ onCall: { ...args.onCall, shifts: [shift] } });
    const [base, over, ...more] = one("Schedule", "on-call-primary", followTheSun)["layers"] as Inputs[];
    expect(more).toEqual([]);
    expect(base).toMatchObject({ name: "primary, all other hours" });
    expect(base).not.toHaveProperty("restrictions");
    expect(over).toMatchObject({
      name: "primary, 20:00 to 06:30",
      start: "2026-01-05T09:00:00Z",
      rotationTurnLengthSeconds: 604_800,
      users: ["User on-call-dino", "User on-call-ema"],
      restrictions: [{ type: "daily_restriction", startTimeOfDay: "20:00:00", durationSeconds: 37_800 }],
    });
    expect(one("Schedule", "on-call-backup", followTheSun)["layers"]).toMatchObject([
      { users: ["User on-call-cvita", "User on-call-dino"] },
      { users: ["User on-call-ema", "User on-call-dino"] },
    ]);
  });

  it.each(severities)("escalates %s to the rotations and roles of its levels", (severity) => {
    const holders: Readonly<Record<string, string>> = {
      "tech-lead": "User on-call-cvita",
      "devops-lead": "User on-call-dino",
      cto: "User on-call-ema",
    };
    const levels = escalationLevels[severity].map(({ targets, waitMinutes }) => ({
      escalationDelayInMinutes: waitMinutes,
      targets: targets.map((target) =>
        "schedule" in target
          ? { type: "schedule_reference", id: `Schedule on-call-${target.schedule}` }
          : { type: "user_reference", id: holders[target.role] },
      ),
    }));
    const policy = one("EscalationPolicy", `on-call-${severity.toLowerCase()}`);
    expect(policy).toMatchObject({ name: `portal-prod-${severity.toLowerCase()}`, rules: levels });
  });

  it("tells everybody who holds a role, and leaves a level empty that nobody holds", async () => {
    const targets = async (people: OnCallArgs["people"]) =>
      JSON.stringify(one("EscalationPolicy", "on-call-sev2", await declare({ people }))["rules"]);
    const two = await targets([...args.people, person("fran", "devops-lead", "915550106")]);
    expect(two).toContain("User on-call-dino");
    expect(two).toContain("User on-call-fran");
    const leaderless = { ...args.onCall, backup: ["cvita", "ana"] };
    const people = args.people.filter(({ role }) => role !== "devops-lead");
    const none = one("EscalationPolicy", "on-call-sev2", await declare({ people, onCall: leaderless }));
    expect(JSON.stringify(none["rules"])).toContain('"targets":[]');
  });

  it("has a service for each severity of each service and of the platform, on the severity's policy", () => {
    const services = all("Service").map((r) => r.inputs);
    for (const name of ["portal", "portal-platform"]) {
      for (const severity of severities) {
        const suffix = severity.toLowerCase();
        expect(services.find((s) => s["name"] === `${name}-prod-${suffix}`)).toMatchObject({
          escalationPolicy: `EscalationPolicy on-call-${suffix}`,
          incidentUrgencyRule: { type: "constant", urgency: severityLevels[severity].urgency },
          autoResolveTimeout: "null",
          alertCreation: "create_alerts_and_incidents",
        });
      }
    }
    expect(services).toHaveLength(8);
  });

  it("gives Datadog the key of each service, a secret, under the service's own name", () => {
    expect(all("ServiceObject")).toHaveLength(8);
    for (const { name, inputs } of all("Service")) {
      expect(one("ServiceIntegration", name)).toMatchObject({
        service: `Service ${name}`,
        vendor: "pagerduty:index/getVendor:getVendor Datadog",
      });
      expect(one("ServiceObject", name)).toEqual({
        serviceName: inputs["name"],
        serviceKey: { [specialSigKey]: specialSecretSig, value: `key of ${name}` },
      });
    }
  });

  it("shows incidents in Slack, but not those of SEV4", () => {
    const connected = all("SlackConnection").map((r) => r.inputs["sourceId"]);
    const paging = all("Service").filter(({ name }) => !name.endsWith("sev4"));
    expect(connected.toSorted()).toEqual(paging.map(({ name }) => `Service ${name}`).toSorted());
    expect(one("Channel", "on-call")).toMatchObject({ accountName: "example", channelName: "#incidents" });
  });

  it.each([
    ["datadoghq.eu", "app.datadoghq.eu"],
    ["us5.datadoghq.com", "us5.datadoghq.com"],
  ] as const)("tells Datadog at %s how the team's incidents go, by a secret address", async (site, host) => {
    const hook = one("WebhookSubscription", "on-call", await declare({ monitoring: { site } }));
    expect(hook).toMatchObject({
      active: true,
      filters: [{ type: "team_reference", id: "Team on-call" }],
      events: expect.arrayContaining(["incident.triggered", "incident.acknowledged", "incident.resolved"]),
    });
    expect(JSON.stringify(hook["deliveryMethods"])).toContain(
      `https://${host}/intake/webhook/pagerduty?api_key=datadog-key`,
    );
    expect(JSON.stringify(hook["deliveryMethods"])).toContain(specialSecretSig);
  });

  it("shows that the product suffers from each service", () => {
    expect(all("ServiceDependency")).toHaveLength(8);
    expect(one("ServiceDependency", "on-call-platform-sev1")).toMatchObject({
      dependency: {
        supportingServices: [{ id: "Service on-call-platform-sev1", type: "service" }],
        dependentServices: [{ id: "BusinessService on-call", type: "business_service" }],
      },
    });
  });

  it("silences announced work, but never SEV1", async () => {
    const work = { from: "2026-12-05T02:00:00Z", to: "2026-12-05T04:00:00Z", reason: "PostgreSQL 18" };
    const maintenance = [{ ...work, services: ["platform"] }];
    const announced = await declare({ onCall: { ...args.onCall, maintenance } });
    expect(one("MaintenanceWindow", `on-call-maintenance-${work.from}`, announced)).toEqual({
      description: "PostgreSQL 18",
      startTime: work.from,
      endTime: work.to,
      services: ["sev2", "sev3", "sev4"].map((severity) => `Service on-call-platform-${severity}`),
    });
    expect(all("MaintenanceWindow")).toEqual([]);
  });

  it("wakes nobody in staging", async () => {
    const staging = await declare({ stack: "staging", tier: "staging" });
    const urgencies = staging
      .filter(({ type }) => type === "Service")
      .map(({ inputs }) => inputs["incidentUrgencyRule"]);
    expect(urgencies).toHaveLength(8);
    expect(new Set(urgencies.map((rule) => JSON.stringify(rule)))).toEqual(
      new Set(['{"type":"constant","urgency":"low"}']),
    );
  });

  it("grows with the list of services", async () => {
    const two = await declare({ services: [{ name: "portal" }, { name: "billing" }] });
    const names = two.filter(({ type }) => type === "Service").map(({ inputs }) => inputs["name"]);
    expect(names).toHaveLength(12);
    expect(names).toContain("portal-billing-prod-sev2");
  });

  it("names somebody in a rotation who is not among the people", async () => {
    const onCall = { ...args.onCall, primary: ["ana", "zoran"] };
    await expect(declare({ onCall })).rejects.toThrow("onCall names zoran, who is not among people");
  });
});
