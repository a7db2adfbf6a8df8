import { describe, expect, it } from "vitest";
import { checkConfig } from "../../../model/config/stack-spec.ts";
import { type Change, prodConfig, prodSettings } from "../prod-config.ts";

const service = (part: object) => ({ ...Object(prodSettings()["readiness:services"])[0], ...part });
const services = (...list: readonly object[]): Change => [["readiness:services"], list];

const routes = {
  list: "/orders",
  read: "/orders/1",
  write: "/drafts",
  analytics: "/numbers",
  search: "/find?q=api",
};

/** Shifts of two people each, unless they say otherwise. */
const shifts = (...list: readonly object[]): Change => [
  ["readiness:onCall", "shifts"],
  list.map((shift) => ({ primary: ["lucia", "tomas"], backup: ["tomas", "lucia"], ...shift })),
];

const work = {
  from: "2026-12-05T02:00:00Z",
  to: "2026-12-05T04:00:00Z",
  services: ["platform"],
  reason: "Upgrade",
};
/** Announced work, in all else a night's upgrade of the platform. */
const maintenance = (...list: readonly object[]): Change => [
  ["readiness:onCall", "maintenance"],
  list.map((entry) => ({ ...work, ...entry })),
];

/** Each setting is allowed by itself; together with another it is not. */
const contradictions: readonly (readonly [what: string, change: Change, path: string, message: string])[] = [
  [
    "a zone of another region",
    [["readiness:network", "zones", 1], "eu-west-1b"],
    "readiness:network.zones[1]",
    'found "eu-west-1b", must be a zone of aws:region such as eu-central-1a',
  ],
  [
    "a zone twice",
    [["readiness:network", "zones", 2], "eu-central-1a"],
    "readiness:network.zones[2]",
    'found "eu-central-1a" again, must be another zone',
  ],
  [
    "a network that is too large",
    [["readiness:network", "cidr"], "10.0.0.0/12"],
    "readiness:network.cidr",
    'found "10.0.0.0/12", must be from /16, the largest that AWS allows, to /20',
  ],
  [
    "a network that is too small",
    [["readiness:network", "cidr"], "10.40.0.0/21"],
    "readiness:network.cidr",
    "to /20",
  ],
  [
    "networks that overlap",
    [["readiness:network", "privateNetworkCidr"], "10.40.128.0/20"],
    "readiness:network.privateNetworkCidr",
    'found "10.40.128.0/20", must not overlap network.cidr (10.40.0.0/16)',
  ],
  [
    "storage that cannot grow",
    [["readiness:database", "maxStorageGiB"], 199],
    "readiness:database.maxStorageGiB",
    "found 199, must be ≥ storageGiB (200)",
  ],
  [
    "a copy in the stack's own region",
    [["readiness:backups", "copyRegion"], "eu-central-1"],
    "readiness:backups.copyRegion",
    'found "eu-central-1", must be another region than aws:region',
  ],
  [
    "weekly backups that go before daily ones",
    [["readiness:backups", "weeklyRetentionDays"], 34],
    "readiness:backups.weeklyRetentionDays",
    "found 34, must be ≥ dailyRetentionDays (35)",
  ],
  [
    "monthly backups that go before weekly ones",
    [["readiness:backups", "monthlyRetentionDays"], 89],
    "readiness:backups.monthlyRetentionDays",
    "found 89, must be ≥ weeklyRetentionDays (90)",
  ],
  [
    "an address twice, in another case",
    [["readiness:people", 3, "email"], "Mei.Tanaka@example.com"],
    "readiness:people[3].email",
    'found "mei.tanaka@example.com" again, must be another address',
  ],
  [
    "a role that nobody holds",
    [["readiness:people", 6, "roles"], ["tech-lead"]],
    "readiness:people",
    'found nobody with role "cto"',
  ],
  [
    "somebody unknown on call",
    [["readiness:onCall", "backup", 1], "mai"],
    "readiness:onCall.backup[1]",
    'did you mean "mei"?',
  ],
  [
    "somebody twice in a rotation",
    [
      ["readiness:onCall", "primary"],
      ["mei", "jonas", "mei"],
    ],
    "readiness:onCall.primary[2]",
    'found "mei" again, must be another person in this rotation',
  ],
  [
    "the same person in both rotations, in a later turn",
    [
      ["readiness:onCall", "backup"],
      ["jonas", "mei", "amara", "lucia"],
    ],
    "readiness:onCall.backup",
    'found "jonas" on call in both rotations in turn 5',
  ],
  [
    "somebody unknown on a shift",
    shifts({ from: "20:00", to: "08:00", primary: ["lucia", "tomass"] }),
    "readiness:onCall.shifts[0].primary[1]",
    'did you mean "tomas"?',
  ],
  [
    "the same person twice on a shift",
    shifts({ from: "20:00", to: "08:00", primary: ["lucia"], backup: ["tomas", "tomas"] }),
    "readiness:onCall.shifts[0].backup[1]",
    'found "tomas" again, must be another person in this rotation',
  ],
  [
    "somebody on call by day and by night",
    shifts({ from: "20:00", to: "08:00", primary: ["tomas", "lucia", "priya", "amara"], backup: ["helen"] }),
    "readiness:onCall.shifts[0]",
    'found "amara" on call in two crews in turn 4, must be in one: nobody can answer day and night',
  ],
  [
    "support hours over midnight",
    [["readiness:onCall", "supportHours"], { from: "20:00", to: "08:00" }],
    "readiness:onCall.supportHours.to",
    'found "08:00", must be later than from, on the same day',
  ],
  [
    "the same person in both rotations of a shift",
    shifts({ from: "20:00", to: "08:00", primary: ["lucia", "tomas"], backup: ["lucia", "tomas"] }),
    "readiness:onCall.shifts[0].backup",
    'found "lucia" on call in both rotations in turn 1',
  ],
  [
    "a shift without hours",
    shifts({ from: "08:00", to: "08:00" }),
    "readiness:onCall.shifts[0].to",
    'found "08:00", must be another time than from',
  ],
  [
    "shifts at the same hours",
    shifts({ from: "22:00", to: "06:00" }, { from: "05:00", to: "09:00" }),
    "readiness:onCall.shifts[1]",
    "found 05:00 to 09:00, must be other hours than the shift from 22:00 to 06:00 Europe/London",
  ],
  [
    "shifts that leave the rotation no hour",
    shifts(
      { from: "20:00", to: "08:00" },
      { from: "08:00", to: "20:00", primary: ["priya"], backup: ["helen"] },
    ),
    "readiness:onCall.shifts",
    "onCall.primary and onCall.backup would never be on call",
  ],
  [
    "maintenance that ends before it begins",
    maintenance({ to: "2026-12-05T01:00:00Z" }),
    "readiness:onCall.maintenance[0].to",
    'found "2026-12-05T01:00:00Z", must be later than from (2026-12-05T02:00:00Z), by at most 8 hours',
  ],
  [
    "maintenance of more than a night",
    maintenance({ to: "2026-12-05T10:01:00Z" }),
    "readiness:onCall.maintenance[0].to",
    "by at most 8 hours",
  ],
  [
    "maintenance of something unknown",
    maintenance({ services: ["portal", "platfrom"] }),
    "readiness:onCall.maintenance[0].services[1]",
    'found "platfrom", must be a service: portal, platform; did you mean "platform"?',
  ],
  [
    "maintenance twice at the same time",
    maintenance({}, { services: ["portal"] }),
    "readiness:onCall.maintenance[1].from",
    "work at the same time is one entry",
  ],
  [
    "a service name twice",
    services(service({}), service({ path: "/docs" })),
    "readiness:services[1].name",
    'found "portal" again, must be another name',
  ],
  [
    "a path twice",
    services(service({}), service({ name: "docs" })),
    "readiness:services[1].path",
    'found "/" again, must be another path',
  ],
  [
    "a service below another's routes",
    services(service({ healthPath: "/healthz" }), service({ name: "orders", path: "/api/orders/drafts" })),
    "readiness:services[0].routes.write",
    'found "/api/orders/drafts", must not be below /api/orders/drafts: there orders answers',
  ],
  [
    "a service below where another's health is looked for",
    services(service({ healthPath: undefined, routes }), service({ name: "api", path: "/api" })),
    "readiness:services[0].path",
    'found "/api/health", must not be below /api: there api answers',
  ],
  [
    "a page where static files are",
    services(service({ pages: { homepage: "/static/home" } })),
    "readiness:services[0].pages.homepage",
    "there the bucket of static files answers",
  ],
  [
    "no service for the site itself",
    services(service({ path: "/app" })),
    "readiness:services",
    'found the paths /app, must be "/" for one service',
  ],
  [
    "a service with the reserved name",
    services(service({ name: "platform" })),
    "readiness:services[0].name",
    'found "platform", must be another name',
  ],
  [
    "a secret without a value",
    services(service({ secrets: ["STRIPE_KEY"] })),
    "readiness:services[0].secrets[0]",
    "run `pulumi config set --secret secrets:STRIPE_KEY`",
  ],
];

describe("settings that contradict each other", () => {
  it.each(contradictions)("%s", (_, change, path, message) => {
    const { issues } = checkConfig("prod", prodConfig(change));
    expect(issues).toEqual([expect.objectContaining({ path, message: expect.stringContaining(message) })]);
  });

  it("are reported beside values that are wrong by themselves", () => {
    const { issues } = checkConfig(
      "prod",
      prodConfig(
        [["readiness:people", 0, "phone", "number"], "none"],
        [["readiness:people", 1, "email"], "nowhere"],
        [["readiness:onCall", "primary", 0], "amra"],
        [["readiness:database", "multiAz"], 1],
        [["readiness:database", "maxStorageGiB"], 20],
        [["readiness:network", "zones", 0], "somewhere"],
        [["readiness:backups", "copyRegion"], "eu-central-1"],
      ),
    );
    expect(issues.map((i) => i.path).toSorted()).toEqual([
      "readiness:backups.copyRegion",
      "readiness:database.maxStorageGiB",
      "readiness:database.multiAz",
      "readiness:network.zones[0]",
      "readiness:onCall.primary[0]",
      "readiness:people[0].phone.number",
      "readiness:people[1].email",
    ]);
  });

  it("with a value that is wrong by itself are not guessed at", () => {
    const { issues } = checkConfig("prod", prodConfig([["readiness:database", "storageGiB"], "much"]));
    expect(issues.map((i) => i.path)).toEqual(["readiness:database.storageGiB"]);
  });
});
