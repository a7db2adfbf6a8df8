import { describeDeployed } from "./deployed.ts";

describeDeployed("prod");
