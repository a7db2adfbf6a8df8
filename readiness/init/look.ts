/** What a folder tells of an app before anybody is asked; nothing of it is run. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pagerDutyZones, sameClock } from "../../model/on-call/time-zones.ts";
import { parseJson } from "../foreign-json.ts";
import { pagesAmong, routesAmong } from "./pages.ts";
import { apiRoutes, pageRoutes } from "./routes.ts";

export interface Found {
  readonly name: string | undefined;
  readonly owner: string | undefined;
  /** On GitHub, owner/name. */
  readonly repository: string | undefined;
  readonly framework: string | undefined;
  /** Of the app, from here; `.` where it is here. */
  readonly folder: string | undefined;
  readonly database: "rds" | "external";
  readonly cache: "valkey" | "none";
  readonly errors: "datadog" | "sentry";
  readonly crons: readonly string[];
  /** Lines `name=path`. */
  readonly pages: readonly string[];
  readonly routes: readonly string[];
  readonly timeZone: string | undefined;
  /** What was seen, a line each. */
  readonly said: readonly string[];
}

interface Manifest {
  readonly name?: unknown;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
}

/** A dependency to the framework that it tells of; the first that is there counts. */
const frameworks: Readonly<Record<string, string>> = {
  next: "nextjs",
  "@remix-run/react": "remix",
  "@sveltejs/kit": "sveltekit",
  nuxt: "nuxtjs",
  astro: "astro",
  vite: "vite",
};
const hosted = /^@(neondatabase|supabase)\//;
const caches = ["ioredis", "redis", "iovalkey", "@valkey/valkey-glide"];

export function look(folder: string): Found {
  const app = appIn(folder);
  const at = app === undefined ? undefined : join(folder, app);
  const manifest = at === undefined ? {} : read<Manifest>(join(at, "package.json"));
  const has = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const [dependency] = Object.keys(frameworks).filter((name) => has.includes(name));
  const framework = dependency && frameworks[dependency];
  const repository = remoteOf(folder);
  const sentry = has.find((name) => name.startsWith("@sentry/"));
  const elsewhere = has.find((name) => hosted.test(name));
  const cache = has.find((name) => caches.includes(name));
  const crons = at === undefined ? [] : cronsIn(at);
  const isNext = framework === "nextjs" && at !== undefined;
  const pages = isNext ? pagesAmong(pageRoutes(at)) : [];
  const routes = isNext ? routesAmong(apiRoutes(at)) : [];
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const said = [
    repository && `git: ${repository}`,
    framework && `${app === "." ? "here" : app}: ${framework}`,
    has.includes("pg") && "pg: PostgreSQL",
    elsewhere && `${elsewhere}: a database elsewhere`,
    cache && `${cache}: a cache`,
    sentry && `${sentry}: its errors go to Sentry`,
    crons.length > 0 && `vercel.json: crons ${crons.join(", ")}`,
    pages.length > 0 && `pages: ${pages.join(", ")}`,
    routes.length > 0 && `routes: ${routes.join(", ")}`,
  ];
  return {
    name: slugOf(typeof manifest.name === "string" ? manifest.name : repository?.split("/")[1]),
    owner: slugOf(repository?.split("/")[0]),
    repository,
    framework,
    folder: app,
    database: elsewhere ? "external" : "rds",
    cache: cache || framework === undefined ? "valkey" : "none",
    errors: sentry ? "sentry" : "datadog",
    crons,
    pages,
    routes,
    timeZone: pagerDutyZones.includes(timeZone) ? timeZone : sameClock(timeZone),
    said: said.filter((line) => typeof line === "string" && line !== "") as string[],
  };
}

/** The first folder that has one of the frameworks: this one, or one or two below. */
function appIn(folder: string): string | undefined {
  const below = foldersIn(folder);
  const candidates = [".", ...below, ...below.flatMap((name) => foldersIn(folder, name))];
  return candidates.find((path) => {
    const { dependencies, devDependencies } = read<Manifest>(join(folder, path, "package.json"));
    const names = Object.keys({ ...dependencies, ...devDependencies });
    return Object.keys(frameworks).some((name) => name !== "vite" && names.includes(name));
  });
}

function foldersIn(folder: string, name = "."): readonly string[] {
  return readdirSync(join(folder, name), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$|tests?$)/.test(entry.name))
    .map((entry) => join(name, entry.name));
}

/** Nothing where it is absent or none of JSON. */
function read<T extends object>(file: string): Partial<T> {
  try {
    return Object(parseJson(readFileSync(file, "utf8"))) as Partial<T>;
  } catch {
    return {};
  }
}

function cronsIn(folder: string): readonly string[] {
  const { crons } = read<{ crons: unknown }>(join(folder, "vercel.json"));
  return (Array.isArray(crons) ? crons : [])
    .map((cron: unknown) => (Object(cron) as { path?: unknown }).path)
    .filter((path) => typeof path === "string");
}

function remoteOf(folder: string): string | undefined {
  if (!existsSync(join(folder, ".git"))) return undefined;
  try {
    const url = execFileSync("git", ["config", "--get", "remote.origin.url"], {
      cwd: folder,
      encoding: "utf8",
    });
    return /github\.com[:/]([\w-]+\/[\w.-]+?)(\.git)?\s*$/.exec(url)?.[1];
  } catch {
    return undefined;
  }
}

function slugOf(name: string | undefined): string | undefined {
  const slug = name
    ?.replace(/^@[^/]+\//, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-");
  return slug !== undefined && /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/.test(slug) ? slug : undefined;
}
