/** Ends a plugin with its engine, however that ends: nothing else would tell it. */
import { Client, connectivityState, credentials } from "@grpc/grpc-js";

/** The engine listens before it starts a plugin: one that does not answer for so long is gone. */
const answersWithinMs = 15_000;

/** @param address of the engine, as its plugins get it on their command line; without one nothing is watched */
export function exitWithEngine(address: string): void {
  if (!address) return;
  const client = new Client(address, credentials.createInsecure());
  const channel = client.getChannel();
  client.waitForReady(Date.now() + answersWithinMs, (gone) => {
    if (gone) process.exit();
    channel.watchConnectivityState(connectivityState.READY, Number.POSITIVE_INFINITY, () => process.exit());
  });
}
