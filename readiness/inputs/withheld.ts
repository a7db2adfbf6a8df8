/** Stands in a file of facts for a value that may be a secret; by itself, since programs load it in their own process. */
export const withheld = "[withheld]";
