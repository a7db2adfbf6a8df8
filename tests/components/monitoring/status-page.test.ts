import { expect, it } from "vitest";
import { StatusPage } from "../../../components/monitoring/status-page.ts";
import { loadSpec } from "../../../model/config/stack-spec.ts";
import { asConfig, at, prodConfig, prodSettings } from "../../model/prod-config.ts";
import { declare, inputsOf } from "../support/declare.ts";

it("is public in production and the team's in staging", async () => {
  const type = async (stack: string) => {
    const spec = loadSpec(stack, prodConfig());
    const pages = inputsOf(await declare(() => new StatusPage("status", { spec })), "StatusPage");
    // The component has the same name as what it is for, and no inputs.
    return pages.flatMap((page) => page["type"] ?? []);
  };
  expect(await type("prod")).toEqual(["public"]);
  expect(await type("staging")).toEqual(["internal"]);
});

it("shows each service with its pages and its API, one after the other", async () => {
  const settings = prodSettings();
  const services = at(settings, ["readiness:services"]) as unknown as Record<string, unknown>[];
  services.push({ ...services[0], name: "shop", path: "/shop", pages: { cart: "/shop/cart" } });
  const spec = loadSpec("prod", asConfig(settings));
  const shown = inputsOf(await declare(() => new StatusPage("status", { spec })), "StatusPageComponent");
  expect(
    shown.map(({ name, position, components }) => [
      name,
      position,
      (components as { name: string; position: number }[]).map((part) => `${part.position} ${part.name}`),
    ]),
  ).toEqual([
    ["portal", 0, ["0 Homepage", "1 Login", "2 Portal", "3 Admin", "4 API"]],
    ["shop", 1, ["0 Cart", "1 API"]],
  ]);
});
