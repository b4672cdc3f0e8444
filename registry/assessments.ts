import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createDeflate, deflateSync, inflateSync } from 'node:zlib';
import type { Entry } from '../domain/assess/evidence.ts';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

/** An assessment at rest; evidence and rubric as canonical JSON. */
export interface AssessmentRow {
  readonly id: number;
  readonly pilot: string;
  readonly rubric: string;
  readonly rubricVersion: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly createdAt: EpochMs;
  readonly publishedAt: EpochMs | null;
  readonly publishedBy: string | null;
  readonly evidence: string;
  readonly rubricJson: string;
  readonly entries: readonly Entry[];
}

/** An assessment in a list: without what may be large, and with what was noted of it. */
export interface ListedAssessment extends Omit<AssessmentRow, 'evidence' | 'rubricJson'> {
  /** As noted since the last entry; `null`: not yet. */
  readonly summary: string | null;
}

const SUMMARY = `id, pilot, rubric, rubric_version AS "rubricVersion", from_ts AS "from", to_ts AS "to",
  created_at AS "createdAt", published_at AS "publishedAt", published_by AS "publishedBy"`;

const NOTED = `(SELECT summary FROM assessment_summary noted WHERE noted.assessment = assessment.id
  AND noted.entries = (SELECT count(*) FROM assessment_entry entry WHERE entry.assessment = assessment.id)) AS summary`;

/**
 * Assessments. Evidence is kept compressed: it repeats its keys for every machine. Entries are only ever added, and none
 * to a published assessment. Every write is durable on return.
 */
export function openAssessments(db: DatabaseSync) {
  const insert = db.prepare(
    `INSERT INTO assessment (pilot, rubric, rubric_version, from_ts, to_ts, created_at, evidence, rubric_json)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const one = db.prepare(
    `SELECT ${SUMMARY}, evidence, rubric_json AS "rubricJson" FROM assessment WHERE id = ?`,
  );
  const entries = db.prepare('SELECT entry FROM assessment_entry WHERE assessment = ? ORDER BY id');
  const addEntry = db.prepare('INSERT INTO assessment_entry (assessment, entry) VALUES (?, ?)');
  const note = db.prepare(
    'INSERT OR REPLACE INTO assessment_summary (assessment, entries, summary) VALUES (?, ?, ?)',
  );
  const close = db.prepare('UPDATE assessment SET published_at = ?, published_by = ? WHERE id = ?');
  const state = db.prepare('SELECT published_at FROM assessment WHERE id = ?');
  // Lengths of blobs stand in their rows' heads: nothing of them is read.
  const size = db.prepare(
    'SELECT coalesce(sum(length(evidence) + length(rubric_json)), 0) AS bytes FROM assessment',
  );
  const entriesOf = (id: number): Entry[] =>
    entries.all(id).map(({ entry }) => JSON.parse(entry as string) as Entry);

  function whileOpen(id: number, write: () => void): void {
    inTransaction(db, () => {
      const found = state.get(id);
      if (!found) throw new Error(`there is no assessment ${id}`);
      if (found.published_at !== null)
        throw new Error(`assessment ${id} is published, and doesn't change any more`);
      write();
    });
  }

  return {
    /** Compresses a text that comes in pieces, beside other work; `add` takes it as evidence. */
    pack: (pieces: Iterable<string>): Promise<Uint8Array> => pipeline(pieces, createDeflate(), buffer),

    /** Returns the new assessment's id. */
    add(
      assessment: Omit<AssessmentRow, 'id' | 'publishedAt' | 'publishedBy' | 'entries' | 'evidence'> & {
        readonly evidence: string | Uint8Array;
      },
    ): number {
      const { pilot, rubric, rubricVersion, from, to, createdAt, evidence, rubricJson } = assessment;
      const kept = [
        typeof evidence === 'string' ? deflateSync(evidence) : evidence,
        deflateSync(rubricJson),
      ] as const;
      return Number(insert.run(pilot, rubric, rubricVersion, from, to, createdAt, ...kept).lastInsertRowid);
    },

    /** Newest first, without evidence and rubric. */
    list(filter: { readonly pilot?: string; readonly rubric?: string }): readonly ListedAssessment[] {
      const given = (['pilot', 'rubric'] as const).filter((name) => filter[name] !== undefined);
      const where = given.length > 0 ? `WHERE ${given.map((name) => `${name} = ?`).join(' AND ')}` : '';
      return db
        .prepare(`SELECT ${SUMMARY}, ${NOTED} FROM assessment ${where} ORDER BY id DESC`)
        .all(...given.map((name) => filter[name] as SQLInputValue))
        .map((row) => ({ ...row, entries: entriesOf(row.id as number) }) as unknown as ListedAssessment);
    },

    get(id: number): AssessmentRow | undefined {
      const row = one.get(id);
      return (
        row &&
        ({
          ...row,
          evidence: inflateSync(row.evidence as Uint8Array).toString(),
          rubricJson: inflateSync(row.rubricJson as Uint8Array).toString(),
          entries: entriesOf(id),
        } as unknown as AssessmentRow)
      );
    },

    /** What evidence and rubrics take on disk. */
    bytes: (): number => Number(size.get()?.bytes),

    /** Notes what lists show (JSON) of an assessment that has so many entries. */
    noteSummary(id: number, summary: { readonly entries: number; readonly json: string }): void {
      note.run(id, summary.entries, summary.json);
    },

    /** Throws where there is no such assessment, or it is published. */
    enter(id: number, entry: Entry): void {
      whileOpen(id, () => addEntry.run(id, JSON.stringify(entry)));
    },

    /** Closes the list of entries for good. Throws where there is no such assessment, or it is published. */
    publish(id: number, by: string, at: EpochMs): void {
      whileOpen(id, () => close.run(at, by, id));
    },
  };
}
