import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError, checkConfig, loadSpec } from "../../../model/config/stack-spec.ts";
import { defaultServiceLevels } from "../../../model/service-levels/targets.ts";
import { asConfig, at, prodConfig, prodSettings } from "../prod-config.ts";

type Keys = readonly (string | number)[];

/** The path of every key in the production config whose name the schema gives. */
function keysIn(value: unknown, path: Keys = []): Keys[] {
  if (Array.isArray(value)) return value.flatMap((element, i) => keysIn(element, [...path, i]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    path.at(-1) === "pages" ? [] : [[...path, key], ...keysIn(inner, [...path, key])],
  );
}

/** A word with one letter lost, added, changed, or swapped with its neighbour. */
const misspelled = (word: string) =>
  fc
    .record({
      edit: fc.constantFrom("lose", "add", "change", "swap"),
      at: fc.nat({ max: word.length - 1 }),
      letter: fc.stringMatching(/^[a-z]$/),
    })
    .map(({ edit, at: i, letter }) => {
      const [before, here, after] = [word.slice(0, i), word.slice(i, i + 1), word.slice(i + 1)];
      if (edit === "lose") return before + after;
      if (edit === "add") return before + letter + here + after;
      if (edit === "change") return before + letter + after;
      return before + after.slice(0, 1) + here + after.slice(1);
    })
    .filter((wrong) => wrong !== word);

describe("loadSpec", () => {
  it("counts no unsigned evidence, but where a stack accepts it", () => {
    expect(loadSpec("prod", prodConfig()).evidence).toEqual({ unsigned: "refuse" });
    const accepting = prodConfig([["readiness:evidence"], { unsigned: "accept" }]);
    expect(loadSpec("prod", accepting).evidence).toEqual({ unsigned: "accept" });
    expect(() => loadSpec("prod", prodConfig([["readiness:evidence"], { unsigned: "yes" }]))).toThrow(
      'must be one of "accept", "refuse"',
    );
  });

  it("gives the settings, the defaults, and what follows from the stack's name", () => {
    const spec = loadSpec("prod", prodConfig());
    expect(spec).toMatchObject({ stack: "prod", tier: "production", region: "eu-central-1" });
    expect(spec.services[0]).toMatchObject({ branch: "main", healthPath: "/api/health", secrets: [] });
    expect(spec.services[0]?.serviceLevels).toEqual(defaultServiceLevels);
    expect(spec).not.toHaveProperty("aws:region");
  });

  it("looks for a service's health below its path", () => {
    const [own] = JSON.parse(prodConfig()["readiness:services"] ?? "");
    const { healthPath: _, ...shop } = { ...own, name: "shop", path: "/shop" };
    const spec = loadSpec("prod", prodConfig([["readiness:services"], [own, shop]]));
    expect(spec.services.map(({ healthPath }) => healthPath)).toEqual(["/api/health", "/shop/api/health"]);
  });

  it("keeps the defaults that a service does not override", () => {
    const own = { latency: { read: { targetMs: 100, alertMs: 150 } } };
    const { services } = loadSpec("prod", prodConfig([["readiness:services", 0, "serviceLevels"], own]));
    expect(services[0]?.serviceLevels).toEqual({
      ...defaultServiceLevels,
      latency: { ...defaultServiceLevels.latency, ...own.latency },
    });
  });

  it("is frozen all through", () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== "object" ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(loadSpec("prod", prodConfig()))).toBe(true);
  });

  it("takes a scalar as the text that it is", () => {
    expect(loadSpec("prod", prodConfig([["readiness:product"], "portal"])).product).toBe("portal");
    const { issues } = checkConfig("prod", prodConfig([["readiness:product"], "42"]));
    expect(issues[0]?.message).toBe('found "42", must be a lower-case name such as web-platform');
  });

  it("ignores other namespaces", () => {
    const others = {
      "datadog:apiKey": "x",
      "aws:profile": "y",
      "aws:skipRegionValidation": "true",
      "pulumi:tags": "{",
    };
    expect(loadSpec("prod", { ...prodConfig(), ...others })).toEqual(loadSpec("prod", prodConfig()));
  });

  it("throws every issue at once, a line each", () => {
    const config = prodConfig([["readiness:domain"], "no domain"], [["readiness:cache", "nodes"], 0]);
    const load = () => loadSpec("prod", config);
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(
      [
        "Pulumi.prod.yaml cannot be used:",
        '  readiness:domain: found "no domain", must be a domain name such as portal.example.com, of at most 64 letters',
        "  readiness:cache.nodes: found 0, must be a whole number from 1 to 6",
      ].join("\n"),
    );
  });

  it("shows no value of another namespace", () => {
    const secrets = {
      "secrets:TOKEN": "hunter2",
      "datadog:apiKey": "hunter2",
      "readines:domain": "ok.example.com",
    };
    const config = {
      ...prodConfig([
        ["readiness:services", 0, "secrets"],
        ["TOKEN", "TOKN"],
      ]),
      ...secrets,
    };
    expect(JSON.stringify(checkConfig("prod", config).issues)).not.toContain("hunter2");
  });

  it.each(["__proto__", "constructor", "toString"])("takes the key %s for unknown", (key) => {
    const config = { ...prodConfig(), [`readiness:${key}`]: "{}" };
    Object.defineProperty(config, `readiness:${key}`, { value: "{}", enumerable: true });
    expect(checkConfig("prod", config).issues.map((i) => i.path)).toEqual([`readiness:${key}`]);
  });

  it.each([
    ["Europe/Zagreb", undefined],
    ["Etc/UTC", undefined],
    ["America/Argentina/Buenos_Aires", undefined],
    ["UTC", "; Etc/UTC has the same clock"],
    ["Europe/Kyiv", "; Europe/Kiev has the same clock"],
    ["Asia/Dubai", "; Asia/Baku has the same clock"],
    ["US/Pacific", "; America/Los_Angeles has the same clock"],
    ["America/Toronto", "; America/Indiana/Indianapolis has the same clock"],
    ["Europe/Zagrb", '; did you mean "Europe/Zagreb"?'],
    ["+01:00", "such as Europe/Zagreb"],
    ["", "such as Europe/Zagreb"],
  ])("of the time zone %j it says: %s", (zone, said) => {
    const { issues } = checkConfig("prod", prodConfig([["readiness:onCall", "timeZone"], zone]));
    expect(issues.map(({ message }) => message)).toEqual(
      said === undefined ? [] : [expect.stringContaining(said)],
    );
  });

  it.each([
    "2026-01-05T09:00:30Z",
    "2026-01-05T09:00:00+01:00",
    "2026-02-30T09:00:00Z",
    "2026-01-05",
    "09:00",
  ])("rotations do not start at %s", (start) => {
    const { issues } = checkConfig("prod", prodConfig([["readiness:onCall", "rotationStart"], start]));
    expect(issues.map((i) => i.path)).toEqual(["readiness:onCall.rotationStart"]);
  });

  it.each([
    ["20:00", true],
    ["00:00", true],
    ["8:00", false],
    ["24:00", false],
    ["20:00:00", false],
    ["8pm", false],
    [1200, false],
  ])("a shift begins at %j: %s", (from, good) => {
    const shift = { from, to: "23:00", primary: ["lucia", "tomas"], backup: ["tomas", "lucia"] };
    const { issues } = checkConfig("prod", prodConfig([["readiness:onCall", "shifts"], [shift]]));
    expect(issues.map((i) => i.path)).toEqual(good ? [] : ["readiness:onCall.shifts[0].from"]);
  });

  it("a shift's misspelled key is told with the right one", () => {
    const shift = { from: "20:00", until: "08:00", primary: ["mei"], bakcup: ["tomas"] };
    const { issues } = checkConfig("prod", prodConfig([["readiness:onCall", "shifts"], [shift]]));
    expect(issues.map((i) => `${i.path}: ${i.message}`)).toEqual([
      expect.stringMatching(/shifts\[0\]\.until: unknown key, must be one of from, to, primary, backup/),
      expect.stringMatching(/shifts\[0\]\.bakcup: .*did you mean "backup"\?/),
      expect.stringMatching(/shifts\[0\]\.to: missing, must be a time of day/),
    ]);
  });

  it.each(["10.40.0.1/16", "10.40.0.0", "300.0.0.0/16", "10.40.0.0/33", "fd00::/8"])(
    "%s is no range",
    (cidr) => {
      const { issues } = checkConfig("prod", prodConfig([["readiness:network", "cidr"], cidr]));
      expect(issues.map((i) => i.path)).toEqual(["readiness:network.cidr"]);
    },
  );
});

describe("a misspelled key", () => {
  const anyKey = fc.constantFrom(...keysIn(prodSettings()));
  const written = (keys: Keys) =>
    keys.map((k, i) => (typeof k === "number" ? `[${k}]` : i === 0 ? k : `.${k}`)).join("");

  it("is the only issue, with the right name suggested", () => {
    const cases = anyKey.chain((keys) => {
      const [, namespace = "", name = ""] = /^(.*:)?(.*)$/.exec(String(keys.at(-1))) ?? [];
      return fc.record({ keys: fc.constant(keys), wrong: misspelled(name).map((w) => namespace + w) });
    });
    fc.assert(
      fc.property(cases, ({ keys, wrong }) => {
        const right = String(keys.at(-1));
        const settings = prodSettings();
        const outer = at(settings, keys.slice(0, -1));
        fc.pre(!(wrong in outer));
        outer[wrong] = outer[right];
        delete outer[right];

        const { issues } = checkConfig("prod", asConfig(settings));
        expect(issues.map((i) => i.path)).toEqual([written([...keys.slice(0, -1), wrong])]);
        const meant = right.replace("readiness:", "");
        expect(issues[0]?.message).toMatch(new RegExp(`; did you mean "(readiness:)?${meant}"\\?$`));
      }),
      { numRuns: 500 },
    );
  });

  it("does not hide what is wrong below it", () => {
    const { backupRetentionDays: _, ...database } = Object(prodSettings()["readiness:database"]);
    const wrong = { ...database, backupRetentoinDays: 99, maxStorageGiB: 1 };
    const config = prodConfig([["readiness:database"], undefined], [["readiness:databsae"], wrong]);
    expect(checkConfig("prod", config).issues.map((i) => i.path)).toEqual([
      "readiness:databsae",
      "readiness:databsae.backupRetentoinDays",
      "readiness:databsae.maxStorageGiB",
      "readiness:databsae.backupRetentoinDays",
    ]);
  });
});

describe("a number", () => {
  it("outside its range is reported with the range, and inside it is not", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.double({ min: -50, max: 50 })), (days) => {
        const config = prodConfig([["readiness:database", "backupRetentionDays"], days]);
        const { issues } = checkConfig("prod", config);
        const allowed = Number.isInteger(days) && days >= 0 && days <= 35;
        expect(issues.map((i) => i.path)).toEqual(allowed ? [] : ["readiness:database.backupRetentionDays"]);
        if (!allowed) expect(issues[0]?.message).toContain("must be a whole number of days from 0 to 35");
      }),
    );
  });
});

describe("any config at all", () => {
  it("gives a spec or issues of one line each, never another error", () => {
    const value = fc.oneof(fc.json(), fc.string());
    fc.assert(
      fc.property(anyKeyOf(prodSettings()), value, (key, text) => {
        const { issues } = checkConfig("prod", { ...prodConfig(), [key]: text });
        for (const issue of issues) expect(issue.message).not.toContain("\n");
      }),
      { numRuns: 300 },
    );
  });

  function anyKeyOf(settings: object) {
    return fc.constantFrom(...Object.keys(settings));
  }
});
