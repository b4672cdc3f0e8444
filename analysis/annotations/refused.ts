import type { EpochMs } from '../../domain/time.ts';

/** Why something can't be said of a stop. */
export type EditRefusal =
  | 'annotation-invalid'
  | 'annotation-without-stop'
  | 'annotation-not-found'
  | 'annotation-undone'
  | 'annotation-id-taken'
  | 'raw-data-removed'
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

/** What is said of time whose figures can't be made anew: what, why, and from when on it can be said. */
export const refusedAsRemoved = (
  parameter: string,
  what: string,
  { since, allowed }: { readonly since: EpochMs; readonly allowed: string },
): EditRefused => {
  const begin = new Date(since).toISOString();
  const why = `raw data before ${begin} is removed (data.retentionDays), so that figures there can’t be made anew and stand as they were recorded`;
  return new EditRefused('raw-data-removed', parameter, `${what}: ${why}`, [`${allowed} from ${begin} on`]);
};
