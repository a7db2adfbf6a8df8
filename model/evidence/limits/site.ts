/** When measures of a running site hold: accessibility, transport, headers, Web Vitals, latency under load. */
import { endpointClasses } from "../../service-levels/targets.ts";
import type {
  AccessibilityMeasure,
  HeadersMeasure,
  LoadMeasure,
  PerformanceMeasure,
  RecordsMeasure,
  TransportMeasure,
  WatchMeasure,
} from "../measure.ts";
import { counted, type Fault, firstOf, type Judge, named } from "../scope.ts";
import { pathOf, samePath } from "./pages.ts";

/** The sets of rules that make up WCAG 2.1 AA, as axe-core tags them. */
const wcag21aa = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] as const;

export const accessibility: Judge<AccessibilityMeasure> = (runs, { pages, host }) => {
  const partial = wcag21aa.filter((tag) => runs.some((run) => !run.standards.includes(tag)));
  if (partial.length > 0) {
    return { observed: `the rules ${named(partial)} did not run`, wanted: `all of ${wcag21aa.join(", ")}` };
  }
  const measured = runs.flatMap((run) => run.pages);
  const empty = measured.find((page) => !(page.passes > 0));
  if (empty) return { observed: `no rule passed on ${empty.url}`, wanted: "a page with content" };
  const broken = measured.filter((page) => page.violations.length > 0);
  const [worst] = broken;
  if (worst) {
    const more = broken.length > 1 ? `, and ${counted(broken.length - 1, "other page")} too` : "";
    return { observed: `${worst.url} breaks ${named(worst.violations)}${more}`, wanted: "no violation" };
  }
  return unmeasured(
    pages,
    measured.map(({ url }) => url),
    host,
  );
};

/** Requirements, "Checklist". */
const fewestCertificateDays = 14;
/** RFC 8996 deprecates them. */
const oldVersions: readonly string[] = ["TLSv1", "TLSv1.1"];
/** Ours: a clock that is further off could take an expired certificate for a valid one. */
const mostClockSeconds = 300;

export const transport: Judge<TransportMeasure> = (runs, { pages, host }) => {
  for (const run of runs) {
    const fault = firstOf(
      () => (host === null || run.host === host ? undefined : otherHost(run.host, host)),
      () => ofClock(run.clockSeconds),
      () => ofCertificates(run),
      () => ofVersions(run),
    );
    if (fault) return fault;
  }
  const looked = runs.flatMap((run) => run.pages);
  for (const { url, secure, plain } of looked) {
    if (secure !== null) return { observed: `${url} ${secure}`, wanted: "an answer over HTTPS" };
    if (plain !== null) {
      return {
        observed: `${url} over plain HTTP ${plain}`,
        wanted: "a redirect to HTTPS on the same host, or a closed port",
      };
    }
  }
  return unmeasured(
    pages,
    looked.map(({ url }) => url),
    host,
  );
};

function otherHost(observed: string, wanted: string): Fault {
  return { observed: `it is of ${observed}`, wanted: `of ${wanted}` };
}

function ofClock(seconds: number | null): Fault | undefined {
  if (seconds === null) return { observed: "no answer of the site tells the time", wanted: "a Date header" };
  if (Math.abs(seconds) <= mostClockSeconds) return undefined;
  return {
    observed: `the clock that it was looked at with is ${seconds} seconds from the site's`,
    wanted: `${mostClockSeconds} at most: set the clock and look again`,
  };
}

function ofCertificates({ certificates, host }: TransportMeasure): Fault | undefined {
  if (certificates.length === 0) return { observed: `${host} showed no certificate`, wanted: "one" };
  for (const { validFrom, validTo, daysLeft, ofHost, distrust } of certificates) {
    if (!ofHost) return { observed: `the certificate is not of ${host}`, wanted: "one of its names" };
    const times = `valid from ${validFrom} to ${validTo}`;
    if (!(daysLeft >= fewestCertificateDays)) {
      return { observed: `the certificate is ${times}`, wanted: `for ${fewestCertificateDays} days or more` };
    }
    if (distrust !== null) {
      return {
        observed: `the certificate, ${times}, is not trusted: ${distrust}`,
        wanted: "a complete chain to a known root",
      };
    }
  }
  return undefined;
}

function ofVersions({ versions }: TransportMeasure): Fault | undefined {
  for (const old of oldVersions) {
    const accepted = versions.find(({ version }) => version === old)?.accepted ?? null;
    if (accepted === true) return { observed: `${old} is accepted`, wanted: "refused" };
    if (accepted === null)
      return { observed: `whether ${old} is refused could not be seen`, wanted: "refused" };
  }
  const spoken = versions.some(
    ({ version, accepted }) => accepted === true && !oldVersions.includes(version),
  );
  return spoken
    ? undefined
    : { observed: "TLS 1.2 and 1.3 are both refused", wanted: "one of them accepted" };
}

/** MDN, "HTTP Observatory, Tests and scoring": A+ is 100 or more. */
const best = 100;

export const headers: Judge<HeadersMeasure> = (runs, { pages, host }) => {
  const other = runs.find((run) => host !== null && run.host !== host);
  if (other && host !== null) return otherHost(other.host, host);
  const looked = runs.flatMap((run) => run.pages);
  const broken = looked.find(({ problem }) => problem !== null);
  if (broken) return { observed: `${broken.url} ${broken.problem}`, wanted: "a page to grade" };
  const poor = looked.filter(({ score }) => !(score >= best));
  const [worst] = poor.toSorted((a, b) => a.score - b.score);
  if (worst) {
    const more = poor.length > 1 ? `, and ${counted(poor.length - 1, "other page")} below A+` : "";
    const why = worst.deductions.length > 0 ? `: ${named(worst.deductions)}` : "";
    return {
      observed: `${worst.url} is graded ${worst.grade} (${worst.score})${why}${more}`,
      wanted: `A+ (${best} or more)`,
    };
  }
  return unmeasured(
    pages,
    looked.map(({ url }) => url),
    host,
  );
};

/**
 * web.dev, "Web Vitals": good at the 75th percentile of real visits. A tool in a laboratory cannot tell INP: where
 * it is absent, only the first hour after the deployment shows it.
 */
export const goodVitals = { lcpMs: 2_500, cls: 0.1, inpMs: 200 } as const;

export const performance: Judge<PerformanceMeasure> = (runs, { levels, pages, host }) => {
  const measured = runs.flatMap((run) => run.pages);
  for (const page of measured) {
    const asked = pathOf(page.url, null);
    if (asked !== pathOf(page.shown, null) || asked === undefined) {
      return { observed: `${page.url} led to ${page.shown}`, wanted: "the page itself" };
    }
    const { lcpMs, cls, inpMs, responseMs } = page;
    const slow =
      over("LCP", lcpMs, goodVitals.lcpMs, " ms") ??
      over("CLS", cls, goodVitals.cls, "") ??
      (inpMs === null ? undefined : over("INP", inpMs, goodVitals.inpMs, " ms"));
    if (slow) return { observed: `${page.url}: ${slow.observed}`, wanted: slow.wanted };
    if (responseMs === null || !(responseMs >= 0 && responseMs < levels.pageResponseMs)) {
      const found =
        responseMs === null ? "does not tell when it answered" : `answered after ${responseMs} ms`;
      return { observed: `${page.url} ${found}`, wanted: `answered before ${levels.pageResponseMs} ms` };
    }
  }
  return unmeasured(
    pages,
    measured.map(({ url }) => url),
    host,
  );
};

function over(name: string, value: number | null, limit: number, unit: string): Fault | undefined {
  if (value !== null && value >= 0 && value <= limit) return undefined;
  const observed = value === null ? `no ${name}` : `${name} ${value}${unit}`;
  return { observed, wanted: `${name} of ${limit}${unit} at most` };
}

function unmeasured(
  pages: readonly string[],
  urls: readonly string[],
  host: string | null,
): Fault | undefined {
  const measured = new Set(urls.map((url) => pathOf(url, host)));
  const missing = pages.filter((page) => !measured.has(samePath(page)));
  if (missing.length === 0) return undefined;
  const on = host === null ? "" : ` on ${host}`;
  return {
    observed: `${named(missing)} was not measured${on}`,
    wanted: "every page of the service measured",
  };
}

/** Below this, a p95 rests on fewer than five requests; ours. */
const fewestRequests = 100;

export const load: Judge<LoadMeasure> = (runs, { levels }) => {
  const broken = runs.flatMap((run) => run.broken);
  if (broken.length > 0) return { observed: `thresholds broken: ${named(broken)}`, wanted: "all kept" };
  const measured = runs.flatMap((run) => run.classes);
  for (const name of endpointClasses) {
    const of = measured.filter((m) => m.class === name);
    if (of.length !== 1) {
      const observed =
        of.length === 0 ? `no ${name} endpoint was measured` : `${name} stands there ${of.length} times`;
      return { observed, wanted: `${endpointClasses.join(", ")}, once each` };
    }
  }
  for (const { class: name, requests, failures, p95Ms } of measured) {
    if (!(requests >= fewestRequests)) {
      return {
        observed: `${name} was asked ${counted(requests, "time")}`,
        wanted: `${fewestRequests} times or more`,
      };
    }
    if (!(failures >= 0 && failures * 100 < requests * levels.errorRate.targetPercent)) {
      return {
        observed: `${failures} of ${requests} requests to ${name} failed`,
        wanted: `below ${levels.errorRate.targetPercent} %`,
      };
    }
    const target = endpointClasses.find((c) => c === name);
    const limit = (target ? levels.latency[target] : levels.overallLatency).targetMs;
    if (p95Ms === null || !(p95Ms > 0 && p95Ms < limit)) {
      const observed = p95Ms === null ? `there is no p95 of ${name}` : `the p95 of ${name} is ${p95Ms} ms`;
      return { observed, wanted: `below ${limit} ms` };
    }
  }
  return undefined;
};

/** Of a watch that was interrupted, what must have been seen all the same; ours. */
const fewestSeen = 0.9;

/** @param length of the phase, in minutes */
export const watched =
  (length: number): Judge<WatchMeasure> =>
  (runs, { host }) => {
    for (const run of runs) {
      if (host !== null && run.host !== host) return otherHost(run.host, host);
      if (run.failed.length > 0) return { observed: `${named(run.failed)} failed`, wanted: "nothing" };
      if (!(run.minutes >= length * fewestSeen)) {
        return { observed: `${run.minutes} minutes were watched`, wanted: `${length}` };
      }
      if (run.unknown.length > 0) {
        return { observed: `${named(run.unknown)} came to nothing`, wanted: "everything decided" };
      }
      if (!run.shown) {
        const observed = `${run.errors} of ${run.requests} requests failed`;
        return { observed, wanted: "enough requests to show that less than 1 % fail" };
      }
    }
    return undefined;
  };

/** Every name has to have been looked at: a stack asks for more records with each service. */
export const records: Judge<RecordsMeasure> = (runs, { host, hosts }) => {
  for (const run of runs) {
    if (host !== null && run.host !== host) return otherHost(run.host, host);
    const leading = run.records.filter(({ type, wanted }) => wanted && /^(A|AAAA|CNAME)$/.test(type));
    const unseen = hosts.filter((name) => !leading.some((record) => record.name === name));
    if (unseen.length > 0)
      return {
        observed: `no record of ${named(unseen)} was looked up`,
        wanted: "each that the stack asks for",
      };
    if (!run.records.some(({ type, wanted }) => type === "CAA" && wanted))
      return { observed: "no CAA record was looked up", wanted: "who may issue certificates" };
    for (const outcome of ["fail", "unknown"] as const) {
      const [first, ...others] = run.records.filter((record) => record.outcome === outcome);
      if (!first) continue;
      const more = others.length > 0 ? `, and ${counted(others.length, "other")}` : "";
      return {
        observed: `${first.name} ${first.type}: ${first.said}${more}`,
        wanted: outcome === "fail" ? "as the stack asks" : "an answer",
      };
    }
    if (run.signed !== true) {
      const observed =
        run.signed === false ? "the zone is not signed" : "nobody knows whether the zone is signed";
      return { observed, wanted: "answers that a resolver has validated" };
    }
  }
  return undefined;
};
