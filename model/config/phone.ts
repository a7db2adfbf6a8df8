/** Telephone numbers as ITU-T E.164 has them: a country code that is assigned, and 15 digits at most. */
import { z } from "zod";
import { text } from "./forms.ts";

/** First and last code of each row: ITU-T, "List of Recommendation ITU-T E.164 assigned country codes", of countries. */
const assigned: readonly (readonly [first: number, last: number])[] = [
  [1, 1],
  [7, 7],
  [20, 20],
  [27, 27],
  [30, 34],
  [36, 36],
  [39, 41],
  [43, 49],
  [51, 58],
  [60, 66],
  [81, 82],
  [84, 84],
  [86, 86],
  [90, 95],
  [98, 98],
  [211, 213],
  [216, 216],
  [218, 218],
  [220, 258],
  [260, 269],
  [290, 291],
  [297, 299],
  [350, 359],
  [370, 383],
  [385, 387],
  [389, 389],
  [420, 421],
  [423, 423],
  [500, 509],
  [590, 599],
  [670, 670],
  [672, 683],
  [685, 692],
  [850, 850],
  [852, 853],
  [855, 856],
  [880, 880],
  [886, 886],
  [960, 968],
  [970, 977],
  [992, 996],
  [998, 998],
];

export const phone = z
  .strictObject({
    countryCode: z
      .int()
      .refine((code) => assigned.some(([first, last]) => first <= code && code <= last))
      .describe("a country code that is assigned, such as 44"),
    // PagerDuty takes no leading zero.
    number: text(/^[1-9]\d{4,13}$/, '5 to 14 digits in quotes, the first no 0, such as "7700900123"'),
  })
  .refine(({ countryCode, number }) => `${countryCode}${number}`.length <= 15)
  .describe("a map with countryCode, number, together of 15 digits at most");
