/** The course of a trace's errors in a few numbers, to draw it. */
import type { Data } from "./columns.ts";
import { endOf, type Trace } from "./trace.ts";

/** For each of so many equal parts of the trace, the worst share of requests that failed, 0 to 1. */
export type Profile = (parts: number) => readonly number[];

export interface ServiceProfile {
  readonly service: string;
  readonly profile: Profile;
}

/** One for each service of which the trace has requests and errors. */
export function profilesOf(services: readonly string[], data: Data, trace: Trace): readonly ServiceProfile[] {
  const start = trace.times[0] ?? 0;
  const length = endOf(trace) - start;
  return services.flatMap((service) => {
    const requests = data.get(`${service}.requests`);
    const errors = data.get(`${service}.errors`);
    if (!requests || !errors) return [];
    const profile: Profile = (parts) => {
      const worst = new Array<number>(parts).fill(0);
      for (const [row, time] of trace.times.entries()) {
        const total = requests[row] ?? 0;
        const part = Math.floor(((time - start) * parts) / length);
        // Nothing of a moment without data is NaN, and no NaN is greater.
        const share = (errors[row] ?? 0) / total;
        if (share > (worst[part] ?? 0)) worst[part] = share;
      }
      return worst;
    };
    return [{ service, profile }];
  });
}
