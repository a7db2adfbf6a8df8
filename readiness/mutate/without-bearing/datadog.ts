/** What weakens nothing of Datadog's resources. */
import { because, gone, under, type WithoutBearing } from "./rows.ts";

export const datadogRows: readonly WithoutBearing[] = [
  ...because("more of what it is there for", {
    "datadog:index/logsIndex:LogsIndex": {
      dailyLimit: ["very large"],
      exclusionFilters: gone,
      "exclusionFilters.*": ["dropped"],
      "exclusionFilters.*.isEnabled": ["flipped"],
      retentionDays: ["very large"],
    },
  }),
  ...because("somebody is told sooner, or more often", {
    "datadog:index/monitor:Monitor": {
      renotifyInterval: ["very small"],
      renotifyOccurrences: ["very large", "set to 1000000000"],
    },
    "datadog:index/sloCorrection:SloCorrection": { "": ["removed"], duration: ["zero", "very small"] },
    "datadog:index/syntheticsTest:SyntheticsTest": {
      "optionsList.monitorOptions.renotifyInterval": ["very small"],
      "optionsList.monitorOptions.renotifyOccurrences": ["very large"],
      // Datadog follows none unasked.
      "optionsList.checkCertificateRevocation": ["set to true"],
      "optionsList.retry": gone,
      "optionsList.retry.count": ["deleted", "zero", "very small"],
      "optionsList.retry.interval": ["deleted", "zero", "very small"],
      "requestDefinition.timeout": ["deleted", "zero", "very small"],
    },
  }),
  ...because("a warning is no promise, and pages nobody", {
    "datadog:index/monitor:Monitor": {
      "monitorThresholds.warningRecovery": [...gone, "zero", "very small", "very large"],
    },
    "datadog:index/serviceLevelObjective:ServiceLevelObjective": {
      "thresholds.*.warning": ["deleted", "very large"],
      warningThreshold: ["deleted", "very large"],
    },
  }),
  ...because("Datadog refuses it", {
    "datadog:index/dashboard:Dashboard": {
      ...under("widgets.*.groupDefinition.widgets.*", { noteDefinition: ["set"] }),
      ...under("widgets.*.groupDefinition.widgets.*.timeseriesDefinition.requests.*", {
        apmQuery: ["set"],
        auditQuery: ["set"],
        logQuery: ["set"],
        networkQuery: ["set"],
        processQuery: ["set"],
        rumQuery: ["set"],
        securityQuery: ["set"],
        "queries.*.apmDependencyStatsQuery": ["set"],
        "queries.*.apmResourceStatsQuery": ["set"],
        "queries.*.cloudCostQuery": ["set"],
        "queries.*.metricQuery": ["set"],
        "queries.*.processQuery": ["set"],
      }),
    },
    "datadog:index/monitor:Monitor": {
      type: ["emptied"],
      "monitorThresholds.critical": ["emptied"],
      // An anomaly monitor has to have both.
      monitorThresholdWindows: gone,
      "monitorThresholdWindows.recoveryWindow": ["deleted"],
      "monitorThresholdWindows.triggerWindow": ["deleted"],
    },
    "datadog:index/serviceLevelObjective:ServiceLevelObjective": {
      timeframe: ["deleted"],
      "thresholds.*": ["dropped"],
    },
  }),
  ...because("it is what Datadog does by itself", {
    "datadog:index/syntheticsTest:SyntheticsTest": { "requestDefinition.method": ["deleted"] },
  }),
  ...because("how a page looks", {
    "datadog:index/monitor:Monitor": {
      assets: ["set"],
      enableLogsSample: ["set to true"],
      enableSamples: ["set to true"],
      includeTags: ["set to true"],
      notifyAudit: ["set to true"],
    },
    "datadog:index/syntheticsTest:SyntheticsTest": { "optionsList.noScreenshot": ["set to true"] },
    "datadog:index/dashboard:Dashboard": {
      "widgets.*.groupDefinition.title": gone,
      ...under("widgets.*.groupDefinition.widgets.*.timeseriesDefinition", {
        title: gone,
        showLegend: ["deleted", "flipped"],
        customLinks: ["set"],
        description: ["set"],
        events: ["set"],
        legendColumns: ["set"],
        legendLayout: ["set"],
        legendSize: ["set"],
        hideIncompleteCostData: ["set to true"],
        rightYaxis: ["set"],
        titleAlign: ["set"],
        titleSize: ["set"],
        yaxis: ["set"],
        "markers.*.displayType": gone,
        "markers.*.label": gone,
        "requests.*.displayType": gone,
        "requests.*.metadatas": gone,
        "requests.*.metadatas.*": ["dropped"],
        "requests.*.metadatas.*.aliasName": gone,
        "requests.*.metadatas.*.expression": ["emptied"],
        "requests.*.onRightYaxis": ["set to true"],
        "requests.*.style": ["set"],
        "requests.*.formulas.*.alias": ["set"],
        "requests.*.formulas.*.cellDisplayMode": ["set"],
        "requests.*.formulas.*.conditionalFormats": ["set"],
        "requests.*.formulas.*.numberFormat": ["set"],
        "requests.*.formulas.*.style": ["set"],
      }),
      ...under("widgets.*.groupDefinition.widgets.*.noteDefinition", {
        backgroundColor: gone,
        description: ["set"],
        fontSize: [...gone, "zero", "very large", "very small"],
        hasPadding: ["set to false"],
        showTick: ["set to true"],
        textAlign: gone,
        tickEdge: ["set"],
        tickPos: ["set"],
        verticalAlign: ["set"],
      }),
      ...under("widgets.*.groupDefinition.widgets.*.serviceLevelObjectiveDefinition", {
        showErrorBudget: ["deleted", "flipped"],
        description: ["set"],
        titleAlign: ["set"],
        titleSize: ["set"],
      }),
      ...under("widgets.*.groupDefinition.widgets.*.manageStatusDefinition", {
        showLastTriggered: ["set to true"],
        summaryType: ["set"],
        titleAlign: ["set"],
        titleSize: ["set"],
      }),
    },
  }),
];
