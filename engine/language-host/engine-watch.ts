/** Ends a plugin with its engine, however that ends: nothing else would tell it. */
import { Client, connectivityState, credentials } from "@grpc/grpc-js";

/** @param address of the engine, as its plugins get it on their command line; without one nothing is watched */
export function exitWithEngine(address: string): void {
  if (!address) return;
  const client = new Client(address, credentials.createInsecure());
  const channel = client.getChannel();
  client.waitForReady(Number.POSITIVE_INFINITY, () => {
    channel.watchConnectivityState(connectivityState.READY, Number.POSITIVE_INFINITY, () => process.exit());
  });
}
