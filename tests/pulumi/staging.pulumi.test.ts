import { describeDeployed } from "./deployed.ts";

describeDeployed("staging");
