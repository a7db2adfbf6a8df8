/** What is rightly asked for and cannot be done as things stand: nothing was changed. */
export class Refused extends Error {
  override readonly name = "Refused";
}
