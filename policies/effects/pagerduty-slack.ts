/**
 * What of a service's incidents a Slack connection posts. Its filters let pass an urgency, and incidents of some
 * priorities; where none is named, those without any, which is how Datadog opens them. Source: PagerDuty's provider,
 * `slack_connection`; "Slack Integration Guide".
 */

export interface SlackFilter {
  readonly events?: readonly string[] | undefined;
  /** Ids, or `*` for any. */
  readonly priorities?: readonly string[] | undefined;
  readonly urgency?: string | undefined;
}

/**
 * The events that are posted of incidents without a priority.
 * @param urgency of the service's incidents; nothing where it changes with the hours
 */
export function postedEvents(
  filters: readonly SlackFilter[],
  urgency: string | undefined,
): ReadonlySet<string> {
  const passing = filters.filter(
    (filter) =>
      (!filter.urgency || filter.urgency === urgency) &&
      (!filter.priorities?.length || filter.priorities.includes("*")),
  );
  return new Set(passing.flatMap(({ events }) => events ?? []));
}
