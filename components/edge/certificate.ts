import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Dns } from "./dns/dns.ts";

export interface CertificateArgs {
  /** The one host name that the certificate is for. */
  readonly domain: string;
  /** Where the validation record goes. */
  readonly dns: Dns;
  /** CloudFront takes certificates from us-east-1 alone. */
  readonly usEast1: aws.Provider;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A TLS certificate that AWS renews by itself for as long as its validation record stands. It is issued once that record
 * is found; until then the deployment waits.
 */
export class Certificate extends pulumi.ComponentResource {
  /** Known once the certificate is issued. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:Certificate", name, {}, opts);
    const inUsEast1 = { parent: this, provider: args.usEast1 };

    const certificate = new aws.acm.Certificate(
      name,
      { domainName: args.domain, validationMethod: "DNS", tags: args.tags },
      inUsEast1,
    );
    // One name has one challenge, so nothing is created inside `apply`.
    const challenge = (key: "resourceRecordName" | "resourceRecordType" | "resourceRecordValue") =>
      certificate.domainValidationOptions.apply(([option]) => option?.[key] ?? "");
    const names = args.dns.prove(
      `${name}-validation`,
      {
        name: challenge("resourceRecordName"),
        type: challenge("resourceRecordType"),
        value: challenge("resourceRecordValue"),
      },
      { parent: this },
    );
    const validation = new aws.acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, ...(names && { validationRecordFqdns: names }) },
      inUsEast1,
    );

    this.arn = validation.certificateArn;
    this.registerOutputs({ arn: this.arn });
  }
}
