import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const count = new pulumi.Config().requireNumber("count");

/** Every queue hangs on the one before it. */
let previous: aws.sqs.Queue | undefined;
for (let i = 0; i < count; i++) {
  previous = new aws.sqs.Queue(`queue-${i}`, {
    visibilityTimeoutSeconds: 30,
    redrivePolicy: previous?.arn.apply((arn) => JSON.stringify({ deadLetterTargetArn: arn })) ?? "{}",
    tags: { index: String(i), owner: "team" },
  });
}
