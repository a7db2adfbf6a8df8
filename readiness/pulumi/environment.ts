/** Variables by which Pulumi could be told, past the command line, to do something else. */
import { UsageError } from "../errors.ts";
import { passedOnOptions } from "./passed-on.ts";

/** Who logs in where, which CLI, how it works and what it remembers; nothing of what is done. */
const harmless =
  /^(ACCESS_TOKEN|BACKEND_URL|CONFIG_PASSPHRASE(_FILE)?|CLI|HOME|VERSION|SKIP_UPDATE_CHECK|SKIP_CONFIRMATIONS|DEBUG_COMMANDS|PARALLEL|PARALLEL_(DIFF|ANALYZE)|SUPPRESS_NEO_LINK|AUTOMATION_API_SKIP_VERSION_CHECK|GITSSH_PASSPHRASE|DISABLE_AUTOMATIC_PLUGIN_ACQUISITION|PLUGIN_DOWNLOAD_URL_OVERRIDES|DISABLE_SECRET_CACHE|(DISABLE_)?JOURNALING\w*|(CI|VCS|GIT|LOG_ROTATION|DIY_BACKEND)_\w+)$/;

/**
 * Refuses variables that Pulumi reads and that are not known to leave alone what is done. Of others than an option's an
 * empty one is none.
 * @throws UsageError that names the first
 */
export function assertEnvironment(env: NodeJS.ProcessEnv): void {
  const options = new Set(passedOnOptions().map((option) => option.name()));
  const strays = Object.keys(env)
    .filter((key) => key.toUpperCase().startsWith("PULUMI_"))
    .filter((key) => {
      const name = key.toUpperCase().slice("PULUMI_".length);
      const [, option] = /^OPTION_(.*)$/.exec(name) ?? [];
      if (option !== undefined) return !options.has(option.toLowerCase().replaceAll("_", "-"));
      return env[key] !== "" && !harmless.test(name);
    })
    .sort();
  const [first] = strays;
  if (first === undefined) return;
  const others = strays.length > 1 ? `, nor are ${strays.slice(1).join(", ")}` : "";
  throw new UsageError(
    `${first} is not among the variables that leave alone what Pulumi does${others}: unset it and run again`,
  );
}
