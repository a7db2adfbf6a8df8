/**
 * What can be found at its vendor by name, and how: read only, from the lists that the vendors' interfaces document.
 * What is not here has no name of its own, or no list.
 */
import type { Vendor } from "./access.ts";

type Query = Readonly<Record<string, string | number>>;

/** How a list is read to its end. */
export interface Pages {
  readonly first: Query;
  /** What asks for the page behind one; nothing where that was the last. */
  readonly next: (page: { answer: unknown; number: number; count: number }) => Query | undefined;
}

export interface Kind {
  readonly vendor: Vendor;
  /** Of its list; `{parent}` is the id of what `under` names. */
  readonly path: string;
  /** Where the entries stand in the answer; empty where it is the list itself. */
  readonly entries: string;
  /** All of it comes at once where absent. */
  readonly pages?: Pages;
  /** The inputs that tell one from another, each with its place in an entry. */
  readonly marks: Readonly<Record<string, string>>;
  /** The input that names what it is a part of. */
  readonly under?: string;
  /** Place of its id in an entry. */
  readonly id: string;
  /** What `pulumi import` takes; absent where its provider imports none. */
  readonly importId?: (id: string, parent: string, team: string) => string;
  /** Where a person sees it at the vendor: a path with `{id}`, or the place of an address in an entry. */
  readonly page?: string;
  /** Entries with these values are something else. */
  readonly not?: Readonly<Record<string, string>>;
}

/** Asks for pages of one size until one is not full. */
function numbered(size: number, query: (page: number) => Query): Pages {
  return {
    first: query(0),
    next: ({ number, count }) => (count < size ? undefined : query(number + 1)),
  };
}

const size = 100;
/** Vercel names where the next page begins. */
const until: Pages = {
  first: { limit: size },
  next: ({ answer }) => {
    const next = Object(Object(answer).pagination).next;
    return typeof next === "number" ? { limit: size, until: next } : undefined;
  },
};
const plain = (id: string) => id;

function pagerDuty(entries: string, mark = "name"): Kind {
  return {
    vendor: "pagerduty",
    path: `/${entries}`,
    entries,
    pages: {
      first: { limit: size, offset: 0 },
      next: ({ answer, number }) =>
        Object(answer).more === true ? { limit: size, offset: (number + 1) * size } : undefined,
    },
    marks: { [mark]: mark },
    id: "id",
    importId: plain,
    page: "html_url",
  };
}

/** Of the second version of Datadog's interface. */
function datadog(path: string, name: string, more: Partial<Kind> = {}): Kind {
  return {
    vendor: "datadog",
    path,
    entries: "data",
    marks: { name },
    id: "id",
    importId: plain,
    ...more,
  };
}

const byOffset = numbered(size, (page) => ({ limit: size, offset: page * size }));

export const kinds: Readonly<Record<string, Kind>> = {
  "datadog:index/monitor:Monitor": datadog("/api/v1/monitor", "name", {
    entries: "",
    pages: numbered(size, (page) => ({ page, page_size: size })),
    page: "/monitors/{id}",
    // Datadog's own, one for each synthetic test.
    not: { type: "synthetics alert" },
  }),
  "datadog:index/serviceLevelObjective:ServiceLevelObjective": datadog("/api/v1/slo", "name", {
    pages: byOffset,
    page: "/slo?slo_id={id}",
  }),
  "datadog:index/dashboard:Dashboard": datadog("/api/v1/dashboard", "title", {
    entries: "dashboards",
    marks: { title: "title" },
    pages: numbered(size, (page) => ({ count: size, start: page * size })),
    page: "/dashboard/{id}",
  }),
  "datadog:index/syntheticsTest:SyntheticsTest": datadog("/api/v1/synthetics/tests", "name", {
    entries: "tests",
    pages: numbered(size, (page) => ({ page_size: size, page_number: page })),
    id: "public_id",
    page: "/synthetics/details/{id}",
  }),
  "datadog:index/logsMetric:LogsMetric": datadog("/api/v2/logs/config/metrics", "id"),
  "datadog:index/spansMetric:SpansMetric": datadog("/api/v2/apm/config/metrics", "id"),
  "datadog:index/logsIndex:LogsIndex": datadog("/api/v1/logs/config/indexes", "name", {
    entries: "indexes",
    id: "name",
  }),
  "datadog:index/rumApplication:RumApplication": datadog("/api/v2/rum/applications", "attributes.name"),
  "datadog:index/apiKey:ApiKey": datadog("/api/v2/api_keys", "attributes.name", {
    pages: numbered(size, (page) => ({ "page[size]": size, "page[number]": page })),
  }),
  "datadog:index/incidentType:IncidentType": datadog("/api/v2/incidents/config/types", "attributes.name"),
  "datadog:index/incidentNotificationTemplate:IncidentNotificationTemplate": datadog(
    "/api/v2/incidents/config/notification-templates",
    "attributes.name",
  ),
  "datadog:index/statusPage:StatusPage": datadog("/api/v2/statuspages", "attributes.name", {
    // Each entry brings the pictures of its page.
    pages: numbered(10, (page) => ({ "page[limit]": 10, "page[offset]": page * 10 })),
  }),
  "pagerduty:index/team:Team": pagerDuty("teams"),
  "pagerduty:index/user:User": pagerDuty("users", "email"),
  "pagerduty:index/schedule:Schedule": pagerDuty("schedules"),
  "pagerduty:index/escalationPolicy:EscalationPolicy": pagerDuty("escalation_policies"),
  "pagerduty:index/service:Service": pagerDuty("services"),
  "pagerduty:index/businessService:BusinessService": pagerDuty("business_services"),
  "pagerduty:index/tag:Tag": pagerDuty("tags", "label"),
  "pagerduty:index/userContactMethod:UserContactMethod": {
    vendor: "pagerduty",
    path: "/users/{parent}/contact_methods",
    entries: "contact_methods",
    marks: { type: "type", address: "address" },
    under: "userId",
    id: "id",
    importId: (id, user) => `${user}:${id}`,
  },
  "pagerduty:index/serviceIntegration:ServiceIntegration": {
    vendor: "pagerduty",
    path: "/services/{parent}?include[]=integrations",
    entries: "service.integrations",
    marks: { name: "name" },
    under: "service",
    id: "id",
    importId: (id, service) => `${service}.${id}`,
    page: "html_url",
  },
  "vercel:index/project:Project": {
    vendor: "vercel",
    path: "/v9/projects",
    entries: "projects",
    pages: until,
    marks: { name: "name" },
    id: "id",
    importId: (id, _, team) => `${team}/${id}`,
    page: "/~/settings/projects/{id}",
  },
  "vercel:index/network:Network": {
    vendor: "vercel",
    path: "/v1/connect/networks",
    entries: "",
    marks: { name: "name" },
    id: "id",
  },
  "vercel:index/projectDomain:ProjectDomain": {
    vendor: "vercel",
    path: "/v9/projects/{parent}/domains",
    entries: "domains",
    pages: until,
    marks: { domain: "name" },
    under: "projectId",
    id: "name",
    importId: (id, project, team) => `${team}/${project}/${id}`,
  },
  "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable": {
    vendor: "vercel",
    path: "/v9/projects/{parent}/env",
    entries: "envs",
    marks: { key: "key", targets: "target" },
    under: "projectId",
    id: "id",
    importId: (id, project, team) => `${team}/${project}/${id}`,
  },
};
