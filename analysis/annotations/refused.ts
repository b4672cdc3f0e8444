/** Why something can't be said of a stop. */
export type EditRefusal =
  | 'annotation-invalid'
  | 'annotation-without-stop'
  | 'annotation-not-found'
  | 'annotation-undone'
  | 'annotation-id-taken'
  | 'site-not-found';

/** Something that can't be said as it was; the API turns it into an answer with `code`. */
export class EditRefused extends Error {
  override name = 'EditRefused';
  readonly code: EditRefusal;
  /** The field that is wrong. */
  readonly parameter: string;
  readonly allowed: readonly string[];
  constructor(code: EditRefusal, parameter: string, message: string, allowed: readonly string[]) {
    super(message);
    this.code = code;
    this.parameter = parameter;
    this.allowed = allowed;
  }
}
