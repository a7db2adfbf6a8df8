/** Commands that remedies name. */

/** The command with which an item is signed. */
export const signOff = (item: string) =>
  `npm run signoff -- --stack {stack} --item ${item} --person PERSON --key FILE`;

/** Writes the release, or leads through it. */
export const release = "npm run release -- --stack {stack} --service SERVICE=COMMIT";
