/**
 * Of which incidents a notification rule of Datadog's tells. All its conditions have to hold, any of a condition's
 * values; it is off unless it is switched on, and it passes over incidents of another visibility than its own.
 * Source: Datadog, "Incident Settings: Notifications"; its provider, `incident_notification_rule`.
 */

export interface IncidentNotice {
  readonly enabled?: boolean | undefined;
  readonly trigger: string;
  readonly visibility?: string | undefined;
  readonly conditions?:
    | readonly { readonly field: string; readonly values?: readonly string[] | undefined }[]
    | undefined;
}

/** What a rule tells of, by its visibility; the vendor's default is `organization`. */
const visible: Readonly<Record<string, readonly boolean[]>> = {
  all: [false, true],
  organization: [false],
  private: [true],
};

/**
 * Whether a rule tells of every incident of a severity, also of one that becomes so bad later.
 * @param severity Datadog's name, such as `SEV-1`
 * @param isPrivate whether incidents are for invited people alone
 */
export function tellsOfEvery(rule: IncidentNotice, severity: string, isPrivate = false): boolean {
  const conditions = rule.conditions ?? [];
  return (
    rule.enabled === true &&
    rule.trigger === "incident_saved_trigger" &&
    (visible[rule.visibility ?? "organization"] ?? []).includes(isPrivate) &&
    conditions.length > 0 &&
    conditions.every(({ field, values }) => field === "severity" && values?.includes(severity) === true)
  );
}
