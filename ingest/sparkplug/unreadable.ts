/** Why a value can't be had, as the end of a sentence that begins with its name. */
export class Unreadable {
  readonly why: string;
  /** The digits that were sent, where a text or a rounded number can be made of them. */
  readonly digits: string | undefined;

  constructor(why: string, digits?: string) {
    this.why = why;
    this.digits = digits;
  }
}
