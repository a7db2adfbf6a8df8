/** What a program in another language does: it registers components of the provider, which it has no code of. */
import * as pulumi from "@pulumi/pulumi";

/** As Pulumi makes SDKs of the provider's schema. */
class Readiness extends pulumi.ComponentResource {
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, args: object) {
    super("production-readiness:index:Readiness", name, { url: undefined, ...args }, {}, true);
  }
}

const config = new pulumi.Config("remote").getObject<object>("config");
export const { url } = new Readiness("readiness", { ...(config && { config }) });
