/** Follow the sun: hours of the day at which another crew is on call. */

/** Local times as HH:MM; the end is on the next day where it is not later than the beginning. */
export interface Hours {
  readonly from: string;
  readonly to: string;
}

/** Hours of a crew, with those who take turns in them. */
export interface Shift extends Hours {
  readonly primary: readonly string[];
  /** The backup of all hours goes on where absent. */
  readonly backup?: readonly string[] | undefined;
}

/** The hours in which a rotation has a crew of its own. */
export function crewsOf(
  rotation: "primary" | "backup",
  shifts: readonly Shift[],
): readonly { readonly hours: Hours; readonly members: readonly string[] }[] {
  return shifts.flatMap((hours) => {
    const members = hours[rotation];
    return members === undefined ? [] : [{ hours, members }];
  });
}

const minutesPerDay = 24 * 60;

/** Minutes that the hours last: 0 where they end as they begin, so never a whole day. */
export function minutesOf({ from, to }: Hours): number {
  return minutesBetween(from, to);
}

/** Whether there is a minute that belongs to both. */
export function overlap(a: Hours, b: Hours): boolean {
  return minutesBetween(a.from, b.from) < minutesOf(a) || minutesBetween(b.from, a.from) < minutesOf(b);
}

/** Whether hours that do not overlap leave no minute of the day. */
export function fillTheDay(hours: readonly Hours[]): boolean {
  return hours.reduce((sum, h) => sum + minutesOf(h), 0) === minutesPerDay;
}

/** Minutes from one time of day until the next time that it is the other. */
function minutesBetween(earlier: string, later: string): number {
  return (minuteOfDay(later) - minuteOfDay(earlier) + minutesPerDay) % minutesPerDay;
}

function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
