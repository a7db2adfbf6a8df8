/** A watch from its state to its picture. */
import { writeWhole } from "../../terminal/out-file.ts";
import { showProgress } from "../../terminal/progress.ts";
import type { Phase } from "../phases.ts";
import type { Site } from "../site.ts";
import { renderChart } from "./chart.ts";
import type { Observer } from "./observer.ts";
import { resumed, type WatchState } from "./state.ts";
import { baselineOf, noBaseline, targetsOf } from "./targets.ts";
import { realTime, type Ticker, type Watched, watch } from "./watch.ts";

export interface Asked {
  readonly phase: Phase;
  readonly commit?: string;
  readonly perMinute: number;
  readonly before?: string;
}

/** What the site's limit leaves to its visitors behind our address. */
const ourShare = 0.8;

/**
 * @returns nothing for a phase that is no watch
 * @throws UsageError for a state or a report of the time before that nobody can read
 */
export function watchOf(
  file: string,
  site: Site,
  { phase, commit, perMinute, before }: Asked,
  ticker: Ticker = realTime,
) {
  if (phase === "smoke") return undefined;
  const baseline = before === undefined ? noBaseline : baselineOf(before);
  const now = ticker.now();
  const fresh: WatchState = {
    format: "verify-watch-1.0",
    url: site.url.href,
    phase,
    commit: commit ?? null,
    startedAt: new Date(now).toISOString(),
    dispersion: baseline.dispersion,
    minutes: [],
  };
  const found = resumed(file, fresh, now);
  return {
    state: found,
    async goOn(observer: Observer | undefined): Promise<Watched> {
      const limit = site.local
        ? perMinute
        : ((site.subject.requestsPer5Minutes ?? Number.POSITIVE_INFINITY) / 5) * ourShare;
      // What came before it, a look among them, is no part of it.
      const state =
        found.minutes.length > 0 ? found : { ...found, startedAt: new Date(ticker.now()).toISOString() };
      const watched = await watch(
        {
          site,
          phase,
          targets: targetsOf(site.subject, baseline),
          perMinute: Math.max(1, Math.floor(Math.min(perMinute, limit))),
          compared: baseline.p95.size > 0,
          file,
          ticker,
          observer,
          progress: showProgress,
        },
        state,
      );
      const [first] = watched.checks;
      const page = file.replace(/\.json$/, ".html");
      writeWhole(
        page,
        renderChart(watched.state, first ? `${first.outcome}: ${first.said}` : phase, watched.checks),
        "--folder",
      );
      return watched;
    },
  };
}
