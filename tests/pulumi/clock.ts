/**
 * Loaded by Node.js before everything else: moves the clock of a stack's program and its policy pack by
 * `TEST_CLOCK_DAYS`, and of no other process. Test equipment.
 */
const ahead = Number(process.env["TEST_CLOCK_DAYS"] ?? 0) * 86_400_000;
const isPulumi = /@pulumi[\\/]pulumi[\\/]cmd[\\/]run/.test(process.argv[1] ?? "");

if (isPulumi && ahead > 0) {
  const { now } = Date;
  globalThis.Date = class extends Date {
    constructor(...args: [] | [value: number | string | Date]) {
      super(...((args.length === 0 ? [now() + ahead] : args) as [number]));
    }

    static override now(): number {
      return now() + ahead;
    }
  } as DateConstructor;
}
