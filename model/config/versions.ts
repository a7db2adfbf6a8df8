/**
 * Versions of engines that their vendors still support: older ones are refused when they are made, and upgraded by
 * AWS at a time of its own.
 */
import { z } from "zod";

/**
 * The oldest minor version of each major one in standard support: AWS, "Release calendars for Amazon RDS for
 * PostgreSQL", and its notice of 31 May 2026. Of newer major versions all are.
 */
const oldestMinor: Readonly<Record<string, number>> = { 14: 18, 15: 13, 16: 9, 17: 5 };
const oldestMajor = 14;

export const postgresVersion = z
  .string()
  .regex(/^[1-9]\d(\.\d{1,2})?$/)
  .refine((version) => {
    const [major = "", minor] = version.split(".");
    return Number(major) >= oldestMajor && Number(minor ?? Infinity) >= (oldestMinor[major] ?? 0);
  })
  .describe('a PostgreSQL version in standard support of RDS, in quotes, such as "17" or "17.5"');

/** AWS, "Engine versions and upgrading in ElastiCache": Valkey begins with 7.2. */
export const valkeyVersion = z
  .string()
  .regex(/^(7\.[2-9]|([89]|[1-9]\d)\.\d{1,2})$/)
  .describe('a Valkey version of ElastiCache, in quotes, such as "8.0"');
