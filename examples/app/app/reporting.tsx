"use client";
import type { Site } from "@datadog/browser-rum-slim";
import { useEffect } from "react";
import type { Settings } from "../server/browser-reporting.ts";

/** Web Vitals and errors of real visits. Its code comes after the page, and only where there is something to report to. */
export function Reporting({ settings }: { settings: Settings }) {
  useEffect(() => {
    void report(settings);
  }, [settings]);
  return null;
}

async function report({ site, userId, ...settings }: Settings): Promise<void> {
  const { datadogRum } = await import("@datadog/browser-rum-slim");
  // Each answer of the server brings the settings anew.
  if (!datadogRum.getInitConfiguration()) {
    datadogRum.init({ ...settings, site: site as Site, sessionSampleRate: 100, defaultPrivacyLevel: "mask" });
  }
  if (userId === undefined) datadogRum.clearUser();
  else datadogRum.setUser({ id: userId });
}
