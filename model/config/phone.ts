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

/** Countries whose numbers begin with 0 abroad as well: ITU-T E.164, national numbering plans; elsewhere 0 is a prefix. */
const zeroIsDialled: readonly number[] = [39, 225, 229, 241, 242, 378];

export const phone = z
  .strictObject({
    countryCode: z
      .int()
      .refine((code) => assigned.some(([first, last]) => first <= code && code <= last))
      .describe("a country code that is assigned, such as 44"),
    number: text(/^\d{5,14}$/, '5 to 14 digits in quotes, such as "7700900123"'),
  })
  .refine(({ countryCode, number }) => `${countryCode}${number}`.length <= 15)
  .describe("a map with countryCode, number, together of 15 digits at most");

/**
 * What a number of a country must be besides, where this one is not. PagerDuty's provider refuses the prefixes of
 * some countries, and a 1 in front of Mexico's for SMS (PagerDuty/terraform-provider-pagerduty, util/validate_contact_address.go).
 */
export function wantedOfNumber({ countryCode, number }: z.input<typeof phone>): string | undefined {
  if (countryCode === 1 && !/^[2-9]\d\d[2-9]\d{6}$/.test(number)) {
    return "the ten digits of a number of North America, without a 1 in front";
  }
  if (countryCode === 52 && number.startsWith("1"))
    return "without the 1 in front: nobody in Mexico dials it";
  if (number.startsWith("0") && !zeroIsDialled.includes(countryCode)) {
    return "without the 0 in front: it is not dialled from abroad";
  }
  return undefined;
}
