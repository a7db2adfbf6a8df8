/** A few resources of each vendor, whose creates a test answers with errors after they were stored. */
import * as datadog from "@pulumi/datadog";
import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import * as vercel from "@pulumiverse/vercel";

const settings = new pulumi.Config("stored");
const teamId = "team_Zb3kQ9vXw1LrT7nY";
const label = "Default";

const team = new pagerduty.Team("stored-team", { name: "stored" });
const user = new pagerduty.User("stored-user", { name: "Person", email: "Person@example.com" });
new pagerduty.TeamMembership("stored-member", { teamId: team.id, userId: user.id });
// Not before the team is there.
new pagerduty.Tag("stored-tag", { label: "stored" }, { dependsOn: team });
const address = settings.get("address");
if (address !== undefined) {
  const type = "email_contact_method";
  new pagerduty.UserContactMethod("stored-mail", { userId: user.id, type, label, address });
}
const own = pagerduty.getUserContactMethodOutput({ userId: user.id, type: "email_contact_method", label });

const project = new vercel.Project("stored-project", { name: "stored", teamId });
new vercel.ProjectEnvironmentVariable("stored-variable", {
  projectId: project.id,
  teamId,
  key: "KEY",
  value: "value",
  targets: ["production", "preview"],
  sensitive: false,
});

new datadog.Dashboard("stored-dashboard", { title: "stored", layoutType: "ordered", widgets: [] });
new datadog.Monitor("stored-monitor", {
  name: "stored",
  type: "query alert",
  query: "avg(last_5m):avg:x{*} > 1",
  message: "m",
  tags: ["z:1", "a:1"],
});
new datadog.SpansMetric("stored-spans", {
  name: "stored.spans",
  compute: { aggregationType: "count" },
  filter: { query: "*" },
  groupBies: [
    { path: "env", tagName: "env" },
    { path: "@class", tagName: "class" },
  ],
});

export const contact = own.id;
