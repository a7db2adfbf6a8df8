import { expect, it } from "vitest";
import { takesDatadogEvents } from "../../../policies/effects/pagerduty-integration.ts";

const [datadog, cloudWatch] = ["PAM4FGS", "PZQ6AUS"];

it.each<[vendor: string | undefined, type: string | undefined, takes: boolean]>([
  [datadog, undefined, true],
  [datadog, "generic_events_api_inbound_integration", true],
  [datadog, "event_transformer_api_inbound_integration", true],
  [datadog, "generic_email_inbound_integration", false],
  [cloudWatch, undefined, false],
  [cloudWatch, "events_api_v2_inbound_integration", false],
  [undefined, "events_api_v2_inbound_integration", true],
  [undefined, "event_transformer_api_inbound_integration", false],
  [undefined, "generic_email_inbound_integration", false],
  [undefined, undefined, false],
])("of vendor %s and type %s: %s", (vendor, type, takes) => {
  expect(takesDatadogEvents(vendor, type)).toBe(takes);
});
