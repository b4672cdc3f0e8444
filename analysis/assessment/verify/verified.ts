/** What a report states, or the facts give. A count has no digest, a document has no value. */
export interface StatedValue {
  readonly value: number | null;
  readonly digest: string;
}

/** One thing that a report states, beside what stored facts and register say. */
export interface Verified {
  readonly window: string;
  readonly group: string;
  readonly kpi: string;
  readonly reported: StatedValue;
  /** `null`: it could not be found again. */
  readonly recomputed: StatedValue | null;
  readonly same: boolean;
  /** `not-checked` says nothing against the report: what it takes to check it isn't there. */
  readonly outcome: 'same' | 'differs' | 'not-checked';
  /** What is wrong with it, or why it could not be checked, where the values alone don't say so. */
  readonly because: string | null;
}

type Place = Pick<Verified, 'window' | 'group' | 'kpi'>;

export const sameAs = (place: Place, reported: StatedValue): Verified => ({
  ...place,
  reported,
  recomputed: reported,
  same: true,
  outcome: 'same',
  because: null,
});

export const differs = (
  place: Place,
  values: Pick<Verified, 'reported'> & { readonly recomputed: StatedValue },
  because: string | null = null,
): Verified => ({ ...place, ...values, same: false, outcome: 'differs', because });

export const notChecked = (place: Place, reported: StatedValue, because: string): Verified => ({
  ...place,
  reported,
  recomputed: null,
  same: false,
  outcome: 'not-checked',
  because,
});

export const numberAlone = (value: number | null): StatedValue => ({ value, digest: '' });
export const digestAlone = (digest: string): StatedValue => ({ value: null, digest });
