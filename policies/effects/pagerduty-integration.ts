/**
 * Whether an integration of a PagerDuty service takes what Datadog sends: its own one does, and those of the Events
 * API, whose form Datadog's events have; e-mail does not, nor an integration that translates another vendor's events.
 * Sources: PagerDuty, "Datadog Integration Guide" and "Services and Integrations"; REST API, `integrations`.
 */

/** PagerDuty's id of the vendor Datadog, the same in every account. */
const datadog = "PAM4FGS";
const eventsApi = ["events_api_v2_inbound_integration", "generic_events_api_inbound_integration"];
/** As what PagerDuty shows integrations of a vendor. */
const translated = "event_transformer_api_inbound_integration";

/** Either is nothing where it is not declared. */
export function takesDatadogEvents(vendor: string | undefined, type: string | undefined): boolean {
  if (vendor !== undefined && vendor !== datadog) return false;
  if (type === undefined) return vendor === datadog;
  return eventsApi.includes(type) || (vendor === datadog && type === translated);
}
