import { describe, expect, it } from "vitest";
import { readable, Unreadable } from "../../../model/config/readable.ts";

describe("readable", () => {
  const data = {
    people: [
      { id: "ana", phone: "x" },
      { id: "ben", phone: "1" },
    ],
    turnDays: 7,
  };

  it("shows what is sound, to any depth", () => {
    const view = readable(data, [["people", 0, "phone"]]);
    expect(view.people.map((p) => p.id)).toEqual(["ana", "ben"]);
    expect(view.people[1]?.phone).toBe("1");
    expect(view.turnDays).toBe(7);
  });

  it("refuses what is wrong, all below it, and what is missing", () => {
    const view = readable<typeof data & { slack?: string }>(data, [["people", 0], ["slack"]]);
    expect(() => view.people[0]?.id).toThrow(Unreadable);
    expect(() => view.people.map((p) => p.id)).toThrow(Unreadable);
    expect(() => view.slack).toThrow(Unreadable);
  });
});
