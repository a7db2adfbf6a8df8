/** What of PagerDuty needs which plan, or which add-on. */
import type { Feature } from "./plan.ts";

const pricing = "pagerduty.com/pricing/incident-management, as transcribed (2026-09)";
const professional = { of: "pagerduty", plan: "professional" } as const;
const business = { of: "pagerduty", plan: "business" } as const;
const free = { of: "pagerduty", plan: "free" } as const;
const pagerDuty = (...names: readonly string[]) =>
  names.map((name) => `pagerduty:index/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`);
const service = pagerDuty("service");

const onPricingPage = { confidence: "cited", source: pricing } as const;
const unread = {
  offer: { of: "pagerduty", plan: "enterprise" },
  confidence: "guess",
  source: "not found",
} as const;

export const pagerDutyFeatures = {
  "pagerduty-alert-grouping": {
    name: "alerts grouped by time or content",
    offer: { of: "pagerdutyAddOns", plan: "aiops" },
    confidence: "cited",
    source: "support.pagerduty.com/main/docs/time-based-alert-grouping (undated)",
    types: service,
    uses: (props) => ["alertGrouping", "alertGroupingParameters"].some((name) => Object.hasOwn(props, name)),
    instead: "an incident for each alert: readiness:onCall.alertGrouping: false, with a waiver of PAGE-06",
  },
  "pagerduty-business-service-team": {
    name: "a team of a business service",
    offer: business,
    confidence: "cited",
    source: "support.pagerduty.com/docs/business-services (undated)",
    types: pagerDuty("businessService"),
    uses: (props) => Object.hasOwn(props, "team"),
    instead: "a business service with a point of contact",
  },
  "pagerduty-more-users": {
    name: "more than five users",
    offer: professional,
    ...onPricingPage,
    types: pagerDuty("user"),
    beyond: 5,
  },
  "pagerduty-more-schedules": {
    name: "more than one schedule",
    offer: professional,
    ...onPricingPage,
    types: pagerDuty("schedule"),
    beyond: 1,
  },
  "pagerduty-more-policies": {
    name: "more than one escalation policy",
    offer: professional,
    ...onPricingPage,
    types: pagerDuty("escalationPolicy"),
    beyond: 1,
  },
  "pagerduty-teams": {
    name: "teams",
    offer: professional,
    ...onPricingPage,
    types: pagerDuty("team", "teamMembership"),
  },
  "pagerduty-more-teams": {
    name: "more than two teams",
    offer: business,
    confidence: "weak",
    source: `${pricing} gives two to Professional, and no number to Business`,
    types: pagerDuty("team"),
    beyond: 2,
    instead: "two teams",
  },
  "pagerduty-chat": {
    name: "incidents in Slack",
    offer: professional,
    ...onPricingPage,
    types: pagerDuty("slackConnection"),
    instead: "Datadog's own posts to the channel",
  },
  "pagerduty-urgencies": { name: "low urgency and support hours", ...unread, types: service },
  "pagerduty-business-services": {
    name: "business services and what they depend on",
    ...unread,
    types: pagerDuty("businessService", "serviceDependency"),
  },
  "pagerduty-tags": { name: "tags", ...unread, types: pagerDuty("tag", "tagAssignment") },
  "pagerduty-webhooks": { name: "webhooks", ...unread, types: pagerDuty("webhookSubscription") },
  "pagerduty-maintenance": {
    name: "maintenance windows",
    ...unread,
    types: pagerDuty("maintenanceWindow"),
  },
  "pagerduty-notifications": {
    name: "people's contact methods and rules; Free has a hundred messages and calls a month",
    offer: free,
    ...onPricingPage,
    types: pagerDuty("user", "userContactMethod", "userNotificationRule"),
  },
  "pagerduty-services": {
    name: "services, and integrations of 750 tools",
    offer: free,
    ...onPricingPage,
    types: pagerDuty("service", "serviceIntegration", "schedule", "escalationPolicy"),
  },
} as const satisfies Readonly<Record<string, Feature>>;
