import { describe, expect, it } from "vitest";
import { applicationRules } from "../../../../policies/rules/application.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";

type Props = Readonly<Record<string, unknown>>;

const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(applicationRules, id, resources, stack).outcome;

const project = (props: Props = {}) => resource("vercel:index/project:Project", "portal", props);
const portal = project();

describe("a project", () => {
  it.each([
    ["12 hours", "pass"],
    ["7 days", "pass"],
    ["30 minutes", "fail"],
    [undefined, "fail"],
  ])("keeps old pages working for %s: %s", (skewProtection, expected) => {
    expect(outcome("app-old-pages-keep-working", [project({ skewProtection })])).toBe(expected);
  });

  it.each([
    [{ protectedSourcemaps: true }, "pass"],
    [{ protectedSourcemaps: true, publicSource: false }, "pass"],
    [{ protectedSourcemaps: true, publicSource: true }, "fail"],
    [{ protectedSourcemaps: true, directoryListing: true }, "fail"],
    [{}, "fail"],
  ])("hides its source by %j: %s", (props, expected) => {
    expect(outcome("app-source-maps-protected", [project(props)])).toBe(expected);
  });

  it.each([
    [["fra1"], ["fra1"], "pass"],
    [["fra1", "dub1"], ["fra1"], "fail"],
    [["fra1"], [], "fail"],
    [undefined, ["fra1"], "fail"],
  ])("runs in %j beside networks in %j: %s", (functionDefaultRegions, networks, expected) => {
    const app = project({ resourceConfig: { functionDefaultRegions } });
    const there = networks.map((region) => resource("vercel:index/network:Network", region, { region }));
    expect(outcome("app-region-chosen", [app, ...there])).toBe(expected);
  });

  it.each([
    [{}, "pass"],
    [{ redirect: "www.example.com" }, "fail"],
    [{ gitBranch: "next" }, "fail"],
    [{ customEnvironmentId: "env_1" }, "fail"],
  ])("has a host name with %j: %s", (props, expected) => {
    const domain = resource("vercel:index/projectDomain:ProjectDomain", "portal", props, {
      projectId: [portal],
    });
    expect(outcome("app-host-name-attached", [portal, domain])).toBe(expected);
  });

  it.each([
    ["repo:example/portal:ref:refs/heads/main", "pass"],
    ["repo:example@1/portal@2:ref:refs/heads/main", "pass"],
    ["repo:example/portal:ref:refs/heads/next", "fail"],
    ["repo:example/shop:ref:refs/heads/main", "fail"],
  ])("is built from what %s proves: %s", (subject, expected) => {
    const issuer = "token.actions.githubusercontent.com";
    const gitHub = resource("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "github", {
      url: `https://${issuer}`,
    });
    const store = resource("readiness:index:EvidenceStore", "evidence");
    const writer = {
      ...resource(
        "aws:iam/role:Role",
        "writer",
        {
          assumeRolePolicy: {
            Statement: [{ Effect: "Allow", Condition: { StringEquals: { [`${issuer}:sub`]: subject } } }],
          },
        },
        { assumeRolePolicy: [gitHub] },
      ),
      parent: store.urn,
    };
    const app = project({ gitRepository: { repo: "example/portal", productionBranch: "main" } });
    expect(outcome("app-branch-proven", [app, store, gitHub, writer])).toBe(expected);
  });
});
