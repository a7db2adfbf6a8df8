/** Alerts on pages in the visitors' browsers: Datadog, "RUM Browser Data Collected". */
import type { ServiceSpec, StackSpec } from "../../config/stack-spec.ts";
import type { ServiceRows } from "../alert.ts";
import type { EventSignal, Thresholds } from "../signal.ts";
import { nanosecondsPerMillisecond, serviceTags } from "../telemetry.ts";
import { beyondUsual } from "../thresholds.ts";
import { busiest, quietest, trafficOf, windowFor } from "../traffic.ts";

/** A page is one of five requests. */
const pageShare = 0.2;

const facts = { severity: "SEV4", runbook: "frontend", dashboard: "Operations" } as const;

export const frontendAlerts = {
  // The limits of a good experience, at the 75th percentile: Google, "Web Vitals" (web.dev).
  "web-vitals-lcp": {
    title: "pages show their content late",
    meaning: "The largest part of a page (LCP) takes longer than 2.5 s for a quarter of the visits.",
    ...facts,
    graph: "Largest contentful paint",
    signals: (service, spec) => [
      ofViews(service, spec, "largest_contentful_paint", "ns", milliseconds(2500, 2200, 2000)),
    ],
  },
  "web-vitals-inp": {
    title: "pages react late",
    meaning: "A click or key press (INP) takes longer than 200 ms to show for a quarter of the visits.",
    ...facts,
    graph: "Interaction to next paint",
    signals: (service, spec) => [
      ofViews(service, spec, "interaction_to_next_paint", "ns", milliseconds(200, 180, 160)),
    ],
  },
  "web-vitals-cls": {
    title: "pages jump while they load",
    meaning: "The layout shifts (CLS) under a quarter of the visitors by more than 0.1.",
    ...facts,
    graph: "Cumulative layout shift",
    signals: (service, spec) => [
      ofViews(service, spec, "cumulative_layout_shift", "", {
        critical: 0.1,
        warning: 0.09,
        recovery: 0.08,
      }),
    ],
  },
  "page-load-slow": {
    title: "pages load slowly",
    meaning: "A quarter of the visits wait longer for a page than we promise.",
    ...facts,
    graph: "Page loading time",
    signals: (service, spec) => {
      const { pageResponseMs } = service.serviceLevels;
      const limits = milliseconds(pageResponseMs, pageResponseMs * 0.9, pageResponseMs * 0.8);
      return [ofViews(service, spec, "loading_time", "ns", limits)];
    },
  },
  "frontend-errors": {
    title: "pages fail in the browser",
    meaning: "Scripts of the page break: buttons do nothing, although the server answers.",
    ...facts,
    severity: "SEV3",
    graph: "Errors in the browser",
    signals: (service, spec) => [
      {
        kind: "rum",
        search: search("error", service, spec),
        compute: { aggregate: "count" },
        windowMinutes: 15,
        comparator: ">",
        thresholds: beyondUsual(
          { critical: 200, warning: 100, recovery: 50 },
          // A script that breaks on a page in a hundred, such as in an old browser.
          (busiest(trafficOf(service, spec)) * pageShare * 15) / 100,
        ),
        unit: "",
        onMissingData: "default",
      },
    ],
  },
} as const satisfies ServiceRows;

/** One measurement of real visits, over an hour so that a few slow phones do not decide. */
function ofViews(
  service: ServiceSpec,
  spec: StackSpec,
  measurement: string,
  unit: EventSignal["unit"],
  thresholds: Thresholds,
): EventSignal {
  return {
    kind: "rum",
    search: search("view", service, spec),
    compute: { aggregate: "pc75", attribute: `@view.${measurement}` },
    windowMinutes: windowFor(150, quietest(trafficOf(service, spec)) * pageShare, 60),
    comparator: ">",
    thresholds,
    unit,
    onMissingData: "resolve",
  };
}

function search(type: "view" | "error", service: ServiceSpec, spec: StackSpec): string {
  const tags = Object.entries(serviceTags(spec, service)).map(([key, value]) => `${key}:${value}`);
  return [`@type:${type}`, "@session.type:user", ...tags].join(" ");
}

function milliseconds(critical: number, warning: number, recovery: number): Thresholds {
  const ns = nanosecondsPerMillisecond;
  return { critical: critical * ns, warning: warning * ns, recovery: recovery * ns };
}
