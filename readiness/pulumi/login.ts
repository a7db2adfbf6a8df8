/** Whether Pulumi's own state and secrets can be reached. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap } from "../../model/config/schema-walk.ts";
import { parseYaml } from "../inputs/yaml-file.ts";
import type { Missing, Places } from "./missing.ts";

/** Pulumi Cloud, where an access token alone leads. */
const pulumiCloud = "https://api.pulumi.com";

/** What Pulumi lacks to open the stack's state, or the passphrase of its secrets. */
export function missingForPulumi(stack: string, places: Places): readonly Missing[] {
  const { env } = places;
  const login = readLogin(places);
  const backend = backendOf(login, places);
  if (backend === undefined) {
    const source = "app.pulumi.com, Personal access tokens; or PULUMI_BACKEND_URL, such as s3://<bucket>";
    return [{ vendor: "Pulumi", setting: "PULUMI_ACCESS_TOKEN", source }];
  }
  const isService = /^https?:/.test(backend);
  const account = mapIn(mapIn(login["accounts"])[backend]);
  if (isService && !account["accessToken"] && !env["PULUMI_ACCESS_TOKEN"]) {
    return [
      { vendor: "Pulumi", setting: "PULUMI_ACCESS_TOKEN", source: `Personal access tokens, of ${backend}` },
    ];
  }
  // An empty passphrase is one.
  const hasPassphrase = env["PULUMI_CONFIG_PASSPHRASE"] !== undefined || env["PULUMI_CONFIG_PASSPHRASE_FILE"];
  if (hasPassphrase || !needsPassphrase(stack, isService, places)) return [];
  const source = `or PULUMI_CONFIG_PASSPHRASE_FILE; the secrets of ${stack} are encrypted with it`;
  return [{ vendor: "Pulumi", setting: "PULUMI_CONFIG_PASSPHRASE", source }];
}

/** In Pulumi's own order. */
function backendOf(login: Fields, { env, projectDir }: Places): string | undefined {
  const project = mapIn(readYaml(join(projectDir, "Pulumi.yaml"))["backend"]);
  const byToken = env["PULUMI_ACCESS_TOKEN"] && pulumiCloud;
  return [env["PULUMI_BACKEND_URL"], project["url"], login["current"], byToken].find(isText);
}

/** A stack file names a key management service, or has the salt of a passphrase, or leaves it to the backend. */
function needsPassphrase(stack: string, isService: boolean, { projectDir }: Places): boolean {
  const file = readYaml(join(projectDir, `Pulumi.${stack}.yaml`));
  const provider = file["secretsprovider"] ?? "default";
  if (provider === "default") return "encryptionsalt" in file || !isService;
  return provider === "passphrase";
}

type Fields = Readonly<Record<string, unknown>>;

function readLogin({ env, home }: Places): Fields {
  try {
    const file = join(env["PULUMI_HOME"] || join(home, ".pulumi"), "credentials.json");
    return mapIn(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Nobody has logged in, or Pulumi itself could not read the file either.
    return {};
  }
}

function readYaml(file: string): Fields {
  const parsed = existsSync(file) ? parseYaml(readFileSync(file, "utf8")) : {};
  return "content" in parsed ? mapIn(parsed.content) : {};
}

function mapIn(value: unknown): Fields {
  return isMap(value) ? value : {};
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
