/** Places that stand for all of one path: of ninety monitors some, of nine roles each. */
import type { Registration } from "../engine/registration.ts";
import type { Place } from "./places.ts";

export interface Spot extends Place {
  readonly resource: Registration;
}

const placesPerPath = 8;

/** Of places of one path those that differ most: each kind of owner in turn, each value once while there are others. */
export function representatives(spots: readonly Spot[]): readonly Spot[] {
  if (spots.length <= placesPerPath) return spots;
  const seen = new Set<string>();
  const groups = Map.groupBy(spots, ({ resource }) => resource.urn.split("::")[2]);
  const queues = [...groups].map(([owner, all]) => {
    const isNew = (spot: Spot) => {
      const key = `${owner} ${JSON.stringify(spot.value)}`;
      return !seen.has(key) && seen.add(key);
    };
    const { fresh = [], known = [] } = Object.groupBy(all, (s) => (isNew(s) ? "fresh" : "known"));
    return [...spread(fresh), ...known];
  });
  const rounds = Array.from({ length: placesPerPath }, (_, i) => queues.flatMap((queue) => queue[i] ?? []));
  return rounds.flat().slice(0, Math.max(placesPerPath, queues.length));
}

/** As many as are looked at, evenly over all. */
function spread<T>(all: readonly T[]): readonly T[] {
  if (all.length <= placesPerPath) return all;
  return Array.from(
    { length: placesPerPath },
    (_, i) => all[Math.floor((i * all.length) / placesPerPath)] as T,
  );
}
