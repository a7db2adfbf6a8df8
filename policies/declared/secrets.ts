/** Secrets that a stack generates. */
import type * as random from "@pulumi/random";
import { resourceType } from "../resource.ts";

export const password = resourceType<random.RandomPasswordArgs>("random:index/randomPassword:RandomPassword");
