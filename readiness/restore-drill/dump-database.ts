/** What a restored dump is called where it is for a while. */
export const drillDatabase = "readiness_drill";
