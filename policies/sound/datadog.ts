/** What properties of Datadog's resources may be (API reference, and the provider's own lists). */
import {
  absent,
  between,
  filled,
  flag,
  ifSet,
  is,
  like,
  oneOf,
  reference,
  type SoundProperties,
} from "./sound.ts";

const request = "widgets.*.groupDefinition.widgets.*.timeseriesDefinition.requests.*";

export const datadogProperties: Readonly<Record<string, SoundProperties>> = {
  "datadog:ms/integrationTeamsTenantBasedHandle:IntegrationTeamsTenantBasedHandle": {
    tenantName: filled,
    teamName: filled,
    channelName: filled,
  },
  "datadog:slack/channel:Channel": { display: filled, "display.message": ifSet(is(true)) },
  "datadog:index/dashboard:Dashboard": {
    "widgets.*.groupDefinition.widgets": filled,
    // One that draws nothing.
    "widgets.*.groupDefinition.widgets.*": filled,
    "widgets.*.groupDefinition.widgets.*.timeseriesDefinition.markers.*.value": filled,
    "widgets.*.groupDefinition.widgets.*.serviceLevelObjectiveDefinition.additionalQueryFilters": absent,
    "widgets.*.groupDefinition.widgets.*.serviceLevelObjectiveDefinition.timeWindows": filled,
    "widgets.*.groupDefinition.widgets.*.timeseriesDefinition.liveSpan": absent,
    // A default of one value would hide what the others do.
    "templateVariables.*.defaults.*": is("*"),
    "templateVariables.*.name": filled,
    "templateVariables.*.defaults": filled,
    "templateVariables.*.prefix": filled,
    [`${request}.formulas`]: ifSet(filled),
    [`${request}.formulas.*.formulaExpression`]: filled,
    [`${request}.queries.*.eventQuery.name`]: filled,
    [`${request}.queries.*.eventQuery.computes`]: filled,
    [`${request}.queries.*.eventQuery.computes.*.metric`]: ifSet(filled),
    [`${request}.queries.*.eventQuery.crossOrgUuids`]: absent,
    [`${request}.queries.*.eventQuery.indexes`]: absent,
    [`${request}.queries.*.eventQuery.search`]: filled,
    [`${request}.queries.*.eventQuery.search.query`]: filled,
    [`${request}.queries.*.eventQuery.storage`]: absent,
    [`${request}.queries.*.sloQuery.additionalQueryFilters`]: absent,
    [`${request}.queries.*.sloQuery.crossOrgUuids`]: absent,
    [`${request}.queries.*.sloQuery.dataSource`]: is("slo"),
    [`${request}.queries.*.sloQuery.name`]: filled,
    [`${request}.queries.*.sloQuery.sloQueryType`]: oneOf("metric", "monitor", "time_slice"),
  },
  "datadog:index/incidentNotificationRule:IncidentNotificationRule": { notificationTemplate: reference },
  "datadog:index/incidentNotificationTemplate:IncidentNotificationTemplate": {
    category: oneOf("alert", "incident", "recovery"),
    content: like(/\{\{incident\.\w+/, "a text that says of which incident"),
    incidentType: reference,
    subject: like(
      /\{\{incident\.severity\}\}.*\{\{incident\.title\}\}/,
      "severity and title of the incident",
    ),
  },
  "datadog:index/incidentPostmortemTemplate:IncidentPostmortemTemplate": {
    incidentType: reference,
    location: oneOf("datadog_notebooks", "confluence", "google_docs"),
  },
  "datadog:index/incidentType:IncidentType": {
    "configuration.editableTimestamps": is(true),
    "configuration.privateIncidents": is(true),
    "configuration.testIncidents": is(true),
    "configuration.allowWorkflows": ifSet(flag),
    "configuration.slugSource": ifSet(oneOf("default", "servicenow")),
    isDefault: ifSet(flag),
  },
  "datadog:index/incidentUserDefinedField:IncidentUserDefinedField": {
    category: oneOf("what_happened", "why_it_happened"),
    displayName: filled,
    type: oneOf("dropdown", "multiselect"),
    "validValues.*.displayName": filled,
  },
  "datadog:index/downtimeSchedule:DowntimeSchedule": { "recurringSchedule.timezone": filled },
  "datadog:index/monitor:Monitor": {
    name: filled,
    // A reminder a day later reminds nobody.
    renotifyInterval: ifSet(between(0, 1440, "minutes")),
  },
  "datadog:index/rumApplication:RumApplication": { type: is("browser") },
  "datadog:index/statusPage:StatusPage": {
    domainPrefix: filled,
    slackSubscriptionsEnabled: ifSet(flag),
  },
  "datadog:index/statusPageComponent:StatusPageComponent": {
    "components.*.name": filled,
    "components.*.position": ifSet(between(0, 50, "the place in its group")),
    "components.*.type": is("component"),
    type: oneOf("group", "component"),
  },
  "datadog:index/logsMetric:LogsMetric": {
    name: like(/^[a-z][\w.]+$/, "a metric's name"),
  },
  "datadog:index/syntheticsGlobalVariable:SyntheticsGlobalVariable": {
    name: like(/^[A-Z][A-Z0-9_]*$/, "a name in capitals"),
    "tags.*": filled,
  },
  "datadog:index/syntheticsTest:SyntheticsTest": {
    "assertions.*.operator": filled,
    "assertions.*.property": ifSet(filled),
    name: filled,
  },
  "datadog:index/sloCorrection:SloCorrection": {
    category: oneOf("Scheduled Maintenance", "Outside Business Hours", "Deployment", "Other"),
    start: between(1, 4_102_444_800, "seconds since 1970"),
    timezone: filled,
  },
  "datadog:index/spansMetric:SpansMetric": {
    name: like(/^[a-z][\w.]+$/, "a metric's name"),
  },
};
