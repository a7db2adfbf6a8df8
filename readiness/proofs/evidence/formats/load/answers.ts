/** What a load test got, as every format of theirs counts it. */
import type { LoadMeasure, Unreadable } from "../../reading.ts";
import { oneLine } from "../values.ts";

type LoadClass = LoadMeasure["classes"][number];

export function load(classes: readonly LoadClass[], broken: readonly string[]): LoadMeasure | Unreadable {
  for (const { class: name, requests, failures } of classes) {
    const whose = name === "all" ? "" : ` of class ${oneLine(name)}`;
    if (requests === 0) return { problem: `no request${whose} was sent: correct the script` };
    if (failures > requests) {
      return { problem: `it contradicts itself: ${failures} failures of ${requests} requests${whose}` };
    }
    if (failures === requests) {
      return {
        problem: `all ${requests} requests${whose} failed, refused or answered with errors: is the address right, and the site up?`,
      };
    }
  }
  return {
    kind: "load",
    classes: classes.map((c) => ({ ...c, class: oneLine(c.class) })),
    broken: broken.map(oneLine),
  };
}
