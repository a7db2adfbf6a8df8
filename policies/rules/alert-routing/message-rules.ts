/** What an alert says and whom it tells, on every occasion of which it notifies. */
import { runbookPages } from "../../../model/alerts/links.ts";
import { editDistance } from "../../../model/suggest.ts";
import { pagedIn, pagerDutyServices } from "../../declared/alert.ts";
import { tagOf } from "../../declared/monitoring.ts";
import { recipientsOf } from "../../declared/recipients.ts";
import { handlesIn, mentionsIn, type Occasion } from "../../effects/message-template.ts";
import type { Resource } from "../../resource.ts";
import type { Rule } from "../../rule.ts";
import { allAlerts, demand, everyAlert, everyText } from "./every-alert.ts";

/** By these an alert is searched for, counted and silenced. */
const labels = ["product", "environment", "owner", "service", "alert"];

/** When somebody has to act. */
const failing = ["alert", "no data"] as const;
/** Whenever it notifies. */
const always = [...failing, "warning", "recovery", "renotification"] as const;

export const messageRules: readonly Rule[] = [
  everyText("alerts-link-runbook", "ALERT-01", failing, (text, { resource }, _stack, occasion) => {
    const alert = tagOf(resource as Resource<{ tags?: readonly string[] }>, "alert");
    const words = text.split(/\s+/).filter((word) => word.includes("/runbooks/"));
    const links = words.flatMap((word) => {
      const [, address = ""] = word.split(/https:\/\/(.*)/s, 2);
      const link = /^.+\/runbooks\/([\w-]+)\.md#([\w-]+)/.exec(address);
      return link ? [link] : [];
    });
    const own = links.some(
      ([, page, section]) =>
        runbookPages.some((name) => name === page) && (alert === undefined || section === alert),
    );
    const linked = links.map(([, page, section]) => `${page}#${section}`).join(", ");
    return demand(
      own,
      `its message links ${linked || "no runbook"}${when(occasion)}`,
      "its own section of a runbook",
    );
  }),
  everyText("alerts-link-dashboard", "ALERT-02", failing, (text, _alert, _stack, occasion) =>
    demand(
      /https:\/\/[\w.-]*\b(datadoghq\.(com|eu)|ddog-gov\.com)\/dashboard\//.test(text),
      `its message links no dashboard${when(occasion)}`,
      "a link to one",
    ),
  ),
  everyText(
    "alerts-page-once",
    "ALERT-04",
    failing,
    (text, _alert, _stack, occasion) => {
      const { length } = pagedIn(pagerDutyServices(text));
      return demand(
        length === 1,
        `its message names ${length} PagerDuty services${when(occasion)}`,
        "one, and beside it lesser severities of the same at most",
      );
    },
    undefined,
    (text, { said }) =>
      demand(
        // What tells of nothing but numbers on a dashboard has no message.
        mentionsIn([...said.values()].flat().join(" ")).length > 0 || text.trim() === "",
        "its message tells nobody",
        "told to somebody",
        "name a recipient in its message, such as @pagerduty-NAME or @slack-CHANNEL",
      ),
  ),
  everyText(
    "alerts-page-declared-service",
    "ALERT-05",
    always,
    (text, _alert, stack) => {
      const { pagers } = recipientsOf(stack);
      const strange = mentionsIn(text).filter((name) => isPager(name) && !pagers.has(name.toLowerCase()));
      return demand(
        strange.length === 0,
        `it pages ${strange.map(withoutVendor).join(", ")}`,
        "a PagerDuty service of this stack",
      );
    },
    undefined,
    (text, _alert, stack) => {
      const { pagers } = recipientsOf(stack);
      const misspelt = mentionsIn(text).flatMap((name) => {
        const handle = name.toLowerCase();
        const meant = isPager(name) && !pagers.has(handle) && [...pagers].find(isMistakenFor(handle));
        return meant ? [[withoutVendor(name), withoutVendor(meant)] as const] : [];
      });
      const [first] = misspelt;
      return demand(
        first === undefined,
        `it pages ${first?.[0]}, and no PagerDuty service here has that name`,
        `${first?.[1]}`,
        `write @pagerduty-${first?.[1]} in its message`,
      );
    },
  ),
  everyText("alerts-tell-declared-recipients", "ALERT-05", always, (text, _alert, stack) => {
    const { others } = recipientsOf(stack);
    // Of PagerDuty services and channels other rules speak.
    const strange = mentionsIn(text).filter(
      (name) => !isPager(name) && !isChannel(name) && !others.has(name.toLowerCase()),
    );
    return demand(
      strange.length === 0,
      `it tells ${strange.join(", ")}`,
      "whom this stack declares: its people, its webhooks",
    );
  }),
  everyText("alerts-page-by-severity", "ALERT-06", always, (text, { severity }, stack) => {
    const { pagers } = recipientsOf(stack);
    // Of an alert without severity, and of a service that is not declared, other rules speak.
    const wrong = pagedIn(handlesIn(text).filter((name) => pagers.has(name.toLowerCase()))).filter(
      (name) => severity && !name.endsWith(`-${severity}`),
    );
    return demand(
      wrong.length === 0,
      `it pages ${wrong.map(withoutVendor).join(", ")}`,
      `the PagerDuty service of ${severity}`,
    );
  }),
  everyText("alerts-tell-chat", "ALERT-07", always, (text, _alert, stack, occasion) => {
    const { channels } = recipientsOf(stack);
    const told = mentionsIn(text).filter(isChannel);
    const strange = told.filter((name) => !channels.has(name.toLowerCase()));
    const some = handlesIn(text).some(isChannel);
    return demand(
      strange.length === 0 && some,
      strange.length > 0
        ? `it tells ${strange.join(", ")}`
        : `its message names no channel of the team's${when(occasion)}`,
      "a channel that this stack connects",
    );
  }),
  everyText("alerts-told-by-mail", "ALERT-21", always, (text, _alert, stack, occasion) => {
    const { mailboxes } = recipientsOf(stack);
    return demand(
      handlesIn(text).some((name) => mailboxes.has(name.toLowerCase())),
      `its message tells nobody by e-mail${when(occasion)}`,
      "a person of this stack, since it has no chat",
    );
  }),
  everyText(
    "warnings-page-nobody",
    "ALERT-08",
    ["warning"],
    (text) => demand(!mentionsIn(text).some(isPager), "its warnings page too", "inside {{^is_warning}}"),
    ({ said, unreadable }) => said.has("warning") || unreadable !== undefined,
    true,
  ),
  allAlerts(
    "alerts-have-distinct-names",
    "ALERT-10",
    (alerts) =>
      [...Map.groupBy(alerts, ({ name }) => name)].flatMap(([name, [, ...twins]]) =>
        twins.map(({ resource }) => ({
          resource,
          observed: `another alert is named ${name}`,
          wanted: "distinct",
        })),
      ),
    undefined,
    true,
  ),
  everyText(
    "alerts-say-when-over",
    "ALERT-16",
    ["recovery"],
    (text, { said, handles }) => {
      const before = new Set((said.get("alert") ?? []).flatMap((alert) => alert.split("\n")));
      const news = text.split("\n").some((line) => line.trim() !== "" && !before.has(line));
      const deaf = handles.filter((name) => !pagerDutyServices(text).includes(name));
      return demand(
        news && deaf.length === 0,
        news ? `${deaf.join(", ")} does not hear that it is over` : "its message has no recovery",
        news ? "told, so that its incident is resolved" : "a line for it",
      );
    },
    undefined,
    (text, { handles }) => {
      const deaf = handles.filter((name) => !pagerDutyServices(text).includes(name));
      return demand(
        deaf.length === 0,
        `${deaf.join(", ")} does not hear that it is over`,
        "told, so that its incident is resolved",
        "take its handle out of {{#is_alert}}, or name it inside {{#is_recovery}} as well",
      );
    },
  ),
  everyAlert(
    "alerts-without-outer-blanks",
    "ALERT-17",
    ({ name, message }) =>
      demand(
        name !== "" && name === name.trim() && message === message.trim(),
        "its name is empty, or it or its message has blanks at an end",
        "a name, and no blanks",
      ),
    undefined,
    ({ name }) => demand(String(name ?? "").trim() !== "", "its name is empty", "a name"),
  ),
  everyAlert("alerts-labelled", "ALERT-18", ({ tags }) => {
    const missing = labels.filter((label) => !tags.some((tag) => tag.startsWith(`${label}:`)));
    return demand(missing.length === 0, `it has no tag ${missing.join(", ")}`, "tagged");
  }),
];

/** One letter too many, too few or wrong; a number, or a letter of a short name, tells one from another. */
function isMistakenFor(handle: string) {
  return (name: string) =>
    name.length > "pagerduty-".length + 3 &&
    name.replaceAll(/\D/g, "") === handle.replaceAll(/\D/g, "") &&
    // A handle has no blanks: what stands for one is no mistake.
    editDistance(lettersOf(name), lettersOf(handle)) === 1;
}

function lettersOf(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, "");
}

const isPager = (handle: string) => handle.toLowerCase().startsWith("pagerduty");
const withoutVendor = (handle: string) => handle.replace(/^pagerduty-/i, "");
const isChannel = (handle: string) => /^(slack|teams)-/i.test(handle);

/** Where it is not the plain alert. */
function when(occasion: Occasion): string {
  return occasion === "alert" ? "" : ` on ${occasion}`;
}
