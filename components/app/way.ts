import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../model/config/stack-spec.ts";

/** How customers' requests get to a service. */
export type Way =
  | {
      readonly kind: "cloudfront";
      /** What CloudFront sends along and the firewall demands. */
      readonly originSecret: pulumi.Input<string>;
      /** Whether CloudFront calls the service by the customers' host name; by `originHost` where not. */
      readonly ownsDomain: boolean;
    }
  | Settings<"edge", "vercel">;
