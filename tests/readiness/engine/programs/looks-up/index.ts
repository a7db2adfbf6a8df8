/** Looks up what others have made: a database by its identifier, a queue by its name, and, where it is told to, plainly. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const database = aws.rds.Instance.get("existing", "portal");
const queue = aws.sqs.getQueueOutput({ name: "jobs" });
const plainly = new pulumi.Config().getBoolean("plainly");

new aws.ssm.Parameter("host", { type: "String", value: database.address });
new aws.ssm.Parameter("queue", { type: "String", value: queue.url });
if (plainly) {
  const { url } = await aws.sqs.getQueue({ name: "jobs" });
  new aws.ssm.Parameter("plain", { type: "String", value: url });
}
