import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  handlesIn,
  mentionsIn,
  type Occasion,
  parseTemplate,
  textsOn,
} from "../../../policies/effects/message-template.ts";
import { cpuTime } from "../../support/cpu-time.ts";

const on = (occasion: Occasion, message: string, priority?: number) =>
  textsOn(parseTemplate(message), occasion, priority);

describe("what a message says", () => {
  it.each<[string, Occasion, readonly string[]]>([
    ["all {{#is_alert}}a{{/is_alert}}", "alert", ["all a"]],
    ["all {{#is_alert}}a{{/is_alert}}", "recovery", ["all "]],
    ["{{^is_alert}}a{{/is_alert}}", "alert", [""]],
    ["{{^is_warning}}a{{/is_warning}}", "recovery", ["a"]],
    ["{{#is_warning}}w{{else}}o{{/is_warning}}", "warning", ["w"]],
    ["{{#is_warning}}w{{else}}o{{/is_warning}}", "no data", ["o"]],
    ["{{^is_warning}}o{{else}}w{{/is_warning}}", "warning", ["w"]],
    ["{{#is_alert_recovery}}r{{/is_alert_recovery}}", "recovery", ["r"]],
    ["{{#is_recovery}}{{#is_alert}}never{{/is_alert}}{{/is_recovery}}", "alert", [""]],
    ["{{#is_recovery}}{{#is_alert}}never{{/is_alert}}{{/is_recovery}}", "recovery", [""]],
    ["{{#is_renotify}}again{{/is_renotify}}", "renotification", ["again"]],
    ["{{#is_renotify}}again{{/is_renotify}}", "alert", [""]],
    ["a{{!-- {{#is_alert}} --}}b{{! c }}", "alert", ["ab"]],
    ["{{{{raw}}}}{{#is_alert}}{{{{/raw}}}}", "alert", ["{{#is_alert}}"]],
    ['{{host.name}} {{eval "round(value / 2)"}}', "alert", ['{{host.name}} {{eval "round(value / 2)"}}']],
  ])("%j on %s", (message, occasion, texts) => {
    expect(on(occasion, message)).toEqual(texts);
  });

  it("depends on values where it has conditions on them, each of which is one", () => {
    const match =
      '{{#is_match "host.name" "db"}}d{{/is_match}}{{^is_match \'host.name\'  "db"}}o{{/is_match}}';
    expect(on("alert", match)).toEqual(["o", "d"]);
    expect(on("alert", "{{#is_warning_to_alert}}w{{/is_warning_to_alert}}")).toEqual(["", "w"]);
    expect(
      on(
        "alert",
        '{{#is_exact_match "a" "1"}}1{{else}}{{#is_exact_match "a" "2"}}2{{/is_exact_match}}{{/is_exact_match}}',
      ),
    ).toEqual(["", "1", "2"]);
  });

  it("knows the priority where the monitor has one", () => {
    const message = "{{#is_priority 'P1'}}p{{/is_priority}}";
    expect(on("alert", message, 1)).toEqual(["p"]);
    expect(on("alert", message, 2)).toEqual([""]);
    expect(on("alert", message)).toEqual(["", "p"]);
  });

  it.each([
    ["{{#is_alert}}a", "{{#is_alert}} is not closed"],
    ["a{{/is_alert}}", "{{/is_alert}} closes what is not open"],
    ["{{#is_alert}}{{#is_warning}}{{/is_alert}}{{/is_warning}}", "{{/is_alert}} closes what is not open"],
    ["{{ #is_alert }}a{{/is_alert}}", "{{ #is_alert }} is no tag of Datadog's"],
    ["{{else}}", "{{else}} is no tag of Datadog's"],
    ["{{#is_alert}}{{else}}{{else}}{{/is_alert}}", "{{else}} is no tag of Datadog's"],
    ["{{{{raw}}}}", "{{{{raw}}}} is not closed"],
  ])("%j is not readable", (message, problem) => {
    expect(on("alert", message)).toEqual({ problem });
  });

  it("is not followed through many conditions", () => {
    const message = Array.from({ length: 7 }, (_, i) => `{{#is_match "a" "${i}"}}x{{/is_match}}`).join("");
    expect(on("alert", message)).toEqual({ problem: "it has 7 conditions on values" });
  });

  it("is itself where it has no braces", () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => text.replace(/[{}]/g, "")),
        (text) => {
          expect(on("alert", text)).toEqual([text]);
        },
      ),
    );
  });
});

describe("whom a text tells", () => {
  it.each<[string, readonly string[]]>([
    [
      "Down.\n@pagerduty-portal_2-sev1, @slack-ops @pagerduty-b.",
      ["pagerduty-portal_2-sev1", "slack-ops", "pagerduty-b"],
    ],
    ["low@pagerduty-a", []],
    ['`@pagerduty-a` "@pagerduty-b"', []],
    ["mail ops@example.com or @ops@example.com!", ["ops@example.com"]],
    ["@pagerduty-{{service.name}}", ["pagerduty-{{service.name}}"]],
    ["@pagerduty-a.old", ["pagerduty-a.old"]],
    ["@ @. @", []],
  ])("%j tells %j", (text, handles) => {
    expect(handlesIn(text)).toEqual(handles);
  });

  it.each<[string, readonly string[]]>([
    ["`@webhook-a` (@slack-b) {{x}}@all", ["webhook-a", "slack-b", "all"]],
    ["ops@example.com https://example.com/@portal", []],
  ])("%j mentions %j", (text, names) => {
    expect(mentionsIn(text)).toEqual(names);
  });
});

it("looks once for the end of what has none", () => {
  expect(parseTemplate("{{!-- why }} @pagerduty-x")).toEqual({ problem: "{{!-- is not closed" });
  const marks = "{{!--".repeat(100_000);
  const handle = `@${".".repeat(200_000)}x`;
  expect(cpuTime(() => parseTemplate(marks))).toBeLessThan(500);
  expect(cpuTime(() => handlesIn(handle))).toBeLessThan(500);
});
