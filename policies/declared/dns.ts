/** The domain's zone and records. */
import type * as aws from "@pulumi/aws";
import { resourceType } from "../resource.ts";

export const record = resourceType<aws.route53.RecordArgs>("aws:route53/record:Record");
export const zone = resourceType<aws.route53.ZoneArgs>("aws:route53/zone:Zone");
