import type { Assessment } from '../domain/assess/assessment.ts';
import type { Bilingual } from '../domain/assess/register.ts';
import type { Rubric } from '../domain/assess/rubric.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Html } from './html.ts';
import type { Voice } from './voice.ts';

/** Where an assessment stands on the shelf. */
export interface ReportPlace {
  readonly id: number;
  readonly createdAt: EpochMs;
  readonly publishedAt: EpochMs | null;
  readonly publishedBy: string | null;
  readonly digest: string;
}

/** What every section writes from. */
export interface ReportContext {
  readonly assessment: Assessment;
  readonly rubric: Rubric;
  readonly place: ReportPlace;
  readonly voice: Voice;
}

/** One part of the report. */
export interface Section {
  readonly id: string;
  readonly title: Bilingual;
  /** `null`: there is nothing to say. */
  render(context: ReportContext): Html | null;
}
