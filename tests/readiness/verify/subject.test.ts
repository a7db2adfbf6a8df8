import { expect, it } from "vitest";
import { loadSpec } from "../../../model/config/stack-spec.ts";
import { anybodys, subjectOf } from "../../../readiness/verify/subject.ts";
import { asConfig, at, prodSettings } from "../../model/prod-config.ts";

it("knows what pages are for by their names, or by what the config says of them", () => {
  const settings = prodSettings();
  const [service] = at(settings, ["readiness:services"]) as unknown as Record<string, unknown>[];
  Object.assign(service ?? {}, {
    pages: { start: "/", "sign-in": "/in", portal: "/portal", help: "/help" },
    pageRoles: { login: "sign-in" },
    checks: { portal: { status: 307, location: "/in" } },
  });
  const [subject] = subjectOf(loadSpec("prod", asConfig(settings)), undefined).services;
  expect(subject?.pages).toEqual([
    { name: "start", path: "/", role: "homepage" },
    { name: "sign-in", path: "/in", role: "login" },
    { name: "portal", path: "/portal", role: "portal", location: "/in" },
    { name: "help", path: "/help" },
  ]);
});

it("takes anybody's page for one that a stranger sees", () => {
  expect(anybodys("https://example.com/a").services[0]?.pages).toMatchObject([
    { role: "homepage", path: "/a" },
  ]);
});
