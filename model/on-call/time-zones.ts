/** Time zones that PagerDuty takes: PagerDuty/terraform-provider-pagerduty, util/util.go, `ValidTZ`. The list is closed. */
import { closest } from "../suggest.ts";

/** By continent; the provider's list, each once. */
const places = {
  Africa: "Algiers Cairo Casablanca Harare Johannesburg Monrovia Nairobi",
  America:
    "Argentina/Buenos_Aires Bogota Caracas Chicago Chihuahua Denver Godthab Guatemala Guyana Halifax " +
    "Indiana/Indianapolis Juneau La_Paz Lima Los_Angeles Mazatlan Mexico_City Monterrey Montevideo " +
    "New_York Phoenix Puerto_Rico Regina Santiago Sao_Paulo St_Johns Tijuana",
  Asia:
    "Almaty Baghdad Baku Bangkok Chongqing Colombo Dhaka Hong_Kong Irkutsk Jakarta Jerusalem Kabul " +
    "Kamchatka Karachi Kathmandu Kolkata Krasnoyarsk Kuala_Lumpur Kuwait Magadan Muscat Novosibirsk " +
    "Rangoon Riyadh Seoul Shanghai Singapore Srednekolymsk Taipei Tashkent Tbilisi Tehran Tokyo " +
    "Ulaanbaatar Urumqi Vladivostok Yakutsk Yekaterinburg Yerevan",
  Atlantic: "Azores Cape_Verde South_Georgia",
  Australia: "Adelaide Brisbane Darwin Hobart Melbourne Perth Sydney",
  Etc: "GMT+12 UTC",
  Europe:
    "Amsterdam Athens Belgrade Berlin Bratislava Brussels Bucharest Budapest Copenhagen Dublin Helsinki " +
    "Istanbul Kaliningrad Kiev Lisbon Ljubljana London Madrid Minsk Moscow Paris Prague Riga Rome Samara " +
    "Sarajevo Skopje Sofia Stockholm Tallinn Vienna Vilnius Volgograd Warsaw Zagreb Zurich",
  Pacific:
    "Apia Auckland Chatham Fakaofo Fiji Guadalcanal Guam Honolulu Majuro Midway Noumea Pago_Pago " +
    "Port_Moresby Tongatapu",
};

export const pagerDutyZones: readonly string[] = Object.entries(places).flatMap(([continent, names]) =>
  names.split(" ").map((place) => `${continent}/${place}`),
);

/** Any year has both changes of the clock. */
const days = Array.from({ length: 365 }, (_, day) => Date.UTC(2027, 0, 1 + day, 12));

/** The zone to write instead of one that PagerDuty does not take: by its name's likeness, of those with its clock. */
export function sameClock(zone: string): string | undefined {
  const wanted = clock(zone);
  if (!wanted) return undefined;
  const same = pagerDutyZones.filter((other) => {
    const offered = clock(other);
    return offered && days.every((day) => wanted(day) === offered(day));
  });
  const continent = zone.includes("/") ? zone.split("/")[0] : "Etc";
  return closest(zone, same) ?? same.find((other) => other.startsWith(`${continent}/`)) ?? same[0];
}

/** The difference to UTC at a time; nothing where nobody knows the zone. */
function clock(timeZone: string): ((instant: number) => string | undefined) | undefined {
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
    return (instant) => format.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value;
  } catch {
    return undefined;
  }
}
