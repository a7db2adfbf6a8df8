import { expect, it, vi } from "vitest";
import { refuseUnready } from "../../provider/release-gate.ts";
import { declare } from "../components/support/declare.ts";
import { temporary } from "../readiness/check/support.ts";

it("an update of production that is not ready is refused, and a preview is not", async () => {
  const cwd = vi.spyOn(process, "cwd").mockReturnValue(temporary());
  try {
    await expect(declare(refuseUnready)).rejects.toThrow(/^prod is not updated: its /);
    await expect(declare(refuseUnready, true)).resolves.toEqual([]);
  } finally {
    cwd.mockRestore();
  }
});
