import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync, constants, createBrotliCompress, deflateSync, inflateSync } from 'node:zlib';
import type { Entry } from '../domain/assess/evidence.ts';
import type { EpochMs } from '../domain/time.ts';
import { evidencePacker, packEvidence, unpackEvidence } from './packed-evidence.ts';
import { inTransaction } from './transaction.ts';

/** What was published of an assessment, which no later version of the platform makes anew. */
export interface AssessmentResult {
  /** SHA-256 of the whole report. */
  readonly digest: string;
  /** Canonical JSON of the report, of whose evidence only what readers are shown. */
  readonly document: string;
}

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
  /** `null`: removed. */
  readonly evidence: string | null;
  readonly evidenceRemovedAt: EpochMs | null;
  readonly rubricJson: string;
  readonly entries: readonly Entry[];
  /** `null`: it isn't published, or was before results were kept and nobody has made one since. */
  readonly result: AssessmentResult | null;
}

/** A result as it is kept. */
export interface PackedResult {
  readonly digest: string;
  readonly document: Uint8Array;
}

export interface Publication {
  readonly by: string;
  readonly at: EpochMs;
  /** How many entries the result was made of. */
  readonly entries: number;
  readonly result: PackedResult;
}

/** An assessment in a list: without what may be large, and with what was noted of it. */
export interface ListedAssessment
  extends Omit<AssessmentRow, 'evidence' | 'evidenceRemovedAt' | 'rubricJson' | 'result'> {
  /** As noted since the last entry; `null`: not yet. */
  readonly summary: string | null;
}

const SUMMARY = `id, pilot, rubric, rubric_version AS "rubricVersion", from_ts AS "from", to_ts AS "to",
  created_at AS "createdAt", published_at AS "publishedAt", published_by AS "publishedBy"`;

const NOTED = `(SELECT summary FROM assessment_summary noted WHERE noted.assessment = assessment.id
  AND noted.entries = (SELECT count(*) FROM assessment_entry entry WHERE entry.assessment = assessment.id)) AS summary`;

/** A report says the same of a machine in many places far apart, which only a large window finds. */
const RESULT_WINDOW_BITS = 24;
/** It is written once and stays for good: a second of work for a fifth less room. */
const RESULT_QUALITY = 10;
const brotli = () =>
  createBrotliCompress({
    params: {
      [constants.BROTLI_PARAM_QUALITY]: RESULT_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: RESULT_WINDOW_BITS,
    },
  });

/**
 * Assessments. Evidence is kept compressed: it repeats its keys for every machine. Entries are only ever added, and none
 * to a published assessment, whose result stays as it was then. Every write is durable on return.
 */
export function openAssessments(db: DatabaseSync) {
  const insert = db.prepare(
    `INSERT INTO assessment (pilot, rubric, rubric_version, from_ts, to_ts, created_at, evidence, rubric_json)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const one = db.prepare(
    `SELECT ${SUMMARY}, rubric_json AS "rubricJson", digest, document, removed_at AS "evidenceRemovedAt",
       CASE WHEN removed_at IS NULL THEN evidence END AS evidence
     FROM assessment
       LEFT JOIN assessment_result result ON result.assessment = id
       LEFT JOIN evidence_removal removal ON removal.assessment = id
     WHERE id = ?`,
  );
  const entries = db.prepare('SELECT entry FROM assessment_entry WHERE assessment = ? ORDER BY id');
  const addEntry = db.prepare('INSERT INTO assessment_entry (assessment, entry) VALUES (?, ?)');
  const note = db.prepare(
    'INSERT OR REPLACE INTO assessment_summary (assessment, entries, summary) VALUES (?, ?, ?)',
  );
  const close = db.prepare('UPDATE assessment SET published_at = ?, published_by = ? WHERE id = ?');
  const state = db.prepare(
    `SELECT published_at, (SELECT count(*) FROM assessment_entry entry WHERE entry.assessment = assessment.id) AS entries
     FROM assessment WHERE id = ?`,
  );
  const addResult = db.prepare('INSERT INTO assessment_result VALUES (?, ?, ?)');
  const hasResult = db.prepare('SELECT 1 FROM assessment_result WHERE assessment = ?');
  const withoutResult = db.prepare(
    `SELECT id FROM assessment WHERE published_at IS NOT NULL
       AND id NOT IN (SELECT assessment FROM assessment_result) ORDER BY id`,
  );
  // Lengths of blobs stand in their rows' heads: nothing of them is read.
  const size = db.prepare(
    `SELECT coalesce(sum(length(evidence) + length(rubric_json)), 0)
       + (SELECT coalesce(sum(length(document)), 0) FROM assessment_result) AS bytes,
       coalesce(sum(CASE WHEN published_at IS NOT NULL THEN length(evidence) END), 0) AS removable,
       (SELECT coalesce(sum(removal.bytes), 0) FROM evidence_removal removal JOIN assessment ON id = removal.assessment
        WHERE length(evidence) = 0) AS removed
     FROM assessment`,
  );
  // The newest published one of a pilot by a rubric is what the next version of the rubric is tried on.
  const mark = db.prepare(
    `INSERT INTO evidence_removal
     SELECT id, ?, length(evidence) FROM assessment
     WHERE published_at < ?
       AND id IN (SELECT assessment FROM assessment_result)
       AND id NOT IN (SELECT assessment FROM evidence_removal)
       AND EXISTS (
         SELECT 1 FROM assessment newer
         WHERE newer.pilot = assessment.pilot AND newer.rubric = assessment.rubric
           AND newer.published_at IS NOT NULL AND newer.id > assessment.id
       )`,
  );
  const marked = db.prepare(
    `SELECT removal.assessment AS id FROM evidence_removal removal JOIN assessment ON id = removal.assessment
     WHERE length(evidence) > 0 ORDER BY id`,
  );
  const empty = db.prepare("UPDATE assessment SET evidence = x'' WHERE id = ?");
  const entriesOf = (id: number): Entry[] =>
    entries.all(id).map(({ entry }) => JSON.parse(entry as string) as Entry);

  const standingOf = (id: number) => {
    const found = state.get(id);
    if (!found) throw new Error(`there is no assessment ${id}`);
    return { isPublished: found.published_at !== null, entries: found.entries as number };
  };

  return {
    /** Compresses a text that comes in pieces, beside other work; `add` takes it as evidence. */
    pack: (pieces: Iterable<string>): Promise<Uint8Array> => pipeline(pieces, evidencePacker(), buffer),

    /** Returns the new assessment's id. */
    add(
      assessment: Omit<ListedAssessment, 'id' | 'publishedAt' | 'publishedBy' | 'entries' | 'summary'> & {
        readonly evidence: string | Uint8Array;
        readonly rubricJson: string;
      },
    ): number {
      const { pilot, rubric, rubricVersion, from, to, createdAt, evidence, rubricJson } = assessment;
      const kept = [
        typeof evidence === 'string' ? packEvidence(evidence) : evidence,
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
      if (!row) return undefined;
      const { digest, document, evidence, ...rest } = row;
      return {
        ...rest,
        evidence: evidence && unpackEvidence(evidence as Uint8Array),
        rubricJson: inflateSync(row.rubricJson as Uint8Array).toString(),
        entries: entriesOf(id),
        result: document && { digest, document: brotliDecompressSync(document as Uint8Array).toString() },
      } as unknown as AssessmentRow;
    },

    /** What evidence, rubrics and results take on disk. */
    bytes: (): number => Number(size.get()?.bytes),

    /** Of all that was ever kept of them, the share that stays where evidence is removed; 0 where there is nothing. */
    lastingShare(): number {
      const { bytes, removable, removed } = size.get() as Record<'bytes' | 'removable' | 'removed', number>;
      const everKept = bytes + removed;
      return everKept === 0 ? 0 : (bytes - removable) / everKept;
    },

    /** Notes what lists show (JSON) of an assessment that has so many entries. */
    noteSummary(id: number, summary: { readonly entries: number; readonly json: string }): void {
      note.run(id, summary.entries, summary.json);
    },

    /** Throws where there is no such assessment, or it is published. */
    enter(id: number, entry: Entry): void {
      inTransaction(db, () => {
        if (standingOf(id).isPublished)
          throw new Error(`assessment ${id} is published, and doesn't change any more`);
        addEntry.run(id, JSON.stringify(entry));
      });
    },

    /** Compresses the document of a result, beside other work. */
    packResult: (pieces: Iterable<string>): Promise<Uint8Array> => pipeline(pieces, brotli(), buffer),

    /**
     * Closes the list of entries for good, and keeps what it came to. `false`: nothing is done, since it has other entries
     * by now than the result was made of, or is published. Throws where there is no such assessment.
     */
    publish(id: number, { by, at, entries: known, result }: Publication): boolean {
      return inTransaction(db, () => {
        const { isPublished, entries: now } = standingOf(id);
        if (isPublished || now !== known) return false;
        close.run(at, by, id);
        addResult.run(id, result.digest, result.document);
        return true;
      });
    },

    /** Those that were published before results were kept, oldest first. */
    withoutResult: (): readonly number[] => withoutResult.all().map(({ id }) => id as number),

    /** Keeps the result of one that is published; the first one stays. */
    keepResult(id: number, { digest, document }: PackedResult): void {
      inTransaction(db, () => {
        if (!hasResult.get(id)) addResult.run(id, digest, document);
      });
    },

    /**
     * Writes down that the evidence of those goes which were published before an instant, but for the newest of each pilot
     * and rubric. From now on nobody is given it.
     */
    markEvidence({ publishedBefore, at }: { readonly publishedBefore: EpochMs; readonly at: EpochMs }): void {
      mark.run(at, publishedBefore);
    },

    /** Those whose evidence is to go and is still there. */
    markedEvidence: (): readonly number[] => marked.all().map(({ id }) => id as number),

    /** Throws where it wasn't written down before. */
    dropEvidence(id: number): void {
      empty.run(id);
    },
  };
}
