/** The domain's zone and records. */
import type * as aws from "@pulumi/aws";
import { resourceType } from "../resource.ts";

export const record = resourceType<aws.route53.RecordArgs>("aws:route53/record:Record");
export const keySigningKey = resourceType<aws.route53.KeySigningKeyArgs>(
  "aws:route53/keySigningKey:KeySigningKey",
);
export const zoneSigning = resourceType<aws.route53.HostedZoneDnsSecArgs>(
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
);
export const queryLog = resourceType<aws.route53.QueryLogArgs>("aws:route53/queryLog:QueryLog");
export const zone = resourceType<aws.route53.ZoneArgs>("aws:route53/zone:Zone");
