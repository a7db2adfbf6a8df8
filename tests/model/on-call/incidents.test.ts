import { describe, expect, it } from "vitest";
import {
  datadogSeverity,
  followers,
  incidentRoles,
  mitigations,
  severityGuide,
  triggers,
} from "../../../model/on-call/incidents.ts";
import { severities, severityLevels } from "../../../model/on-call/severities.ts";

describe("incidents", () => {
  it.each(severities)("explain %s by what it is and how soon somebody answers", (severity) => {
    const { examples, responseMinutes } = severityLevels[severity];
    const line = severityGuide()
      .split("\n")
      .find((text) => text.startsWith(datadogSeverity(severity)));
    for (const example of examples) expect(line).toContain(example);
    expect(line).toContain(`within ${responseMinutes} minutes`);
  });

  it("are followed by everybody who follows a less severe one", () => {
    for (const [i, severity] of severities.entries()) {
      const lesser = severities[i + 1];
      if (lesser) expect(followers[severity]).toEqual(expect.arrayContaining([...followers[lesser]]));
    }
  });

  it("have roles that Datadog does not reserve", () => {
    for (const role of Object.keys(incidentRoles)) {
      expect(["Incident Commander", "Responder"]).not.toContain(role);
    }
  });

  it("leave a choice for what nobody knows and for what ended by itself", () => {
    expect(Object.keys(triggers)).toContain("unknown");
    expect(Object.keys(mitigations)).toContain("none");
  });
});
