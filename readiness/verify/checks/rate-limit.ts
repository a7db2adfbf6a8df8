/** Whether who asks too often is answered 429, and nobody else with them. Only where it is asked for. */

import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { type Check, judgeOf } from "../check.ts";
import { type Answer, exchange, keptAlive } from "../exchange.ts";
import type { NoAnswer } from "../no-answer.ts";
import type { Site } from "../site.ts";

const limit = judgeOf("rate limit");
const atOnce = 16;

/** @param most requests */
export async function rateLimit(site: Site, path: string, most: number): Promise<readonly Check[]> {
  const agents = keptAlive(atOnce);
  let [sent, limited] = [0, 0];
  let broken: string | undefined;
  const worker = async () => {
    while (sent < most && limited === 0 && broken === undefined) {
      sent += 1;
      const answer = await site.ask(path, { agents });
      if ("failure" in answer) broken = answer.failure;
      else if (answer.status === 429) limited = sent;
      else if (answer.status >= 500) broken = `answers ${answer.status}`;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  agents.close();
  if (limited > 0)
    return [limit.pass(path, `answers 429 from request ${limited} on`), await others(site, path)];
  if (broken !== undefined)
    return [limit.fail(path, `asked ${sent} times in a row it ${broken}, must answer 429`)];
  return [limit.fail(path, `answers ${sent} requests in a row, must answer 429`)];
}

/** From another address of this machine, where there is one. */
async function others(site: Site, path: string): Promise<Check> {
  const subject = `${path} for others`;
  const from = otherAddress(site);
  if (from === undefined) return limit.unknown(subject, "this machine has no second address to ask from");
  const answer: Answer | NoAnswer = await exchange(new URL(path, site.url), { ...site.route, from });
  if ("failure" in answer) return limit.unknown(subject, `from ${from} it ${answer.failure}`);
  if (answer.status === 429)
    return limit.fail(subject, `answers 429 to ${from} too, which had asked nothing`);
  return limit.pass(subject, `answers ${answer.status} to ${from}`);
}

function otherAddress({ at, local }: Site): string | undefined {
  if (local && at.family === 4) return "127.0.0.2";
  const own = Object.values(networkInterfaces())
    .flatMap((list = []) => list)
    .filter(
      ({ internal, address }) => !internal && isIP(address) === at.family && !address.startsWith("fe80"),
    );
  return own[1]?.address;
}
