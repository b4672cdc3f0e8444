/** Why a value can't be had, as the end of a sentence that begins with its name. */
export class Unreadable {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}
