/**
 * Whether a number can ring at all. Sources: ITU-T E.164 (a country code and up to 15 digits in all, of which
 * national numbers of less than five ring nobody abroad); North American Numbering Plan (neither area nor exchange
 * begins with 0 or 1). Whose number it is, nobody can tell from its digits.
 */

/** What PagerDuty takes where no country is declared. */
const defaultCountry = 1;

/** Italy, San Marino and some of western Africa: 0 is a part of their numbers, not a prefix. */
const zeroIsDialled: readonly number[] = [39, 225, 229, 241, 242, 378];

/** A number in international form, such as `+447700900101`. */
export function international(address: string | undefined, countryCode = defaultCountry): string {
  return `+${countryCode}${(address ?? "").replaceAll(/[\s().-]/g, "")}`;
}

/** What keeps a number in international form from ringing; nothing where it can ring. */
export function faultOfNumber(number: string, countryCode = defaultCountry): string | undefined {
  if (!/^\+[1-9]\d*$/.test(number)) return "is not made of digits";
  const national = number.slice(String(countryCode).length + 1);
  if (number.length - 1 > 15 || national.length < 5) return `has ${national.length} digits`;
  if (national.startsWith("0") && !zeroIsDialled.includes(countryCode)) return "begins with 0";
  if (countryCode === 52 && national.startsWith("1")) return "begins with Mexico's former 1";
  if (new Set(national).size === 1) return "is one digit again and again";
  if (countryCode === 1 && !/^[2-9]\d\d[2-9]\d{6}$/.test(national)) return "is none of North America";
  return undefined;
}
