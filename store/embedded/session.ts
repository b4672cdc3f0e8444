import type { DuckDBConnection } from '@duckdb/node-api';
import type { JournalPosition } from '../port.ts';
import { type Database, type DatabaseOptions, openDatabase } from './database.ts';
import { loadPicture } from './load.ts';
import type { Picture } from './picture.ts';
import { ABOUT, MIGRATIONS, SCHEMA, SCHEMA_VERSION } from './schema.ts';
import { clearTables, closeTables, openTables, type Tables } from './tables.ts';

/** Everything that stands from one opening of the file to its closing. */
export interface Session {
  readonly database: Database;
  readonly picture: Picture;
  readonly tables: Tables;
  position: JournalPosition | null;
  /** Stamped on rows written now: greater than the `saved_epoch` of the database until they are in the saved picture. */
  epoch: number;
  /** Rows written since the picture was saved. */
  unsavedRows: number;
  /** Rows in the table `picture`, outdated ones too. */
  pictureRows: number;
}

/** Opens the file, makes the tables where they are missing, and brings the picture up to date. */
export async function openSession(options: DatabaseOptions): Promise<Session> {
  const database = await openDatabase(options);
  try {
    await database.write(async (connection) => {
      await connection.run(ABOUT);
      await migrate(connection, options.file);
      await connection.run(SCHEMA);
    });
    const loaded = await database.read(loadPicture);
    const tables = await openTables(database.writer);
    return { database, tables, ...loaded, epoch: loaded.savedEpoch + 1 };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Brings the tables of an older file up to what this program reads. */
async function migrate(connection: DuckDBConnection, file: string): Promise<void> {
  const [about] = await (await connection.run('SELECT version FROM about')).getRows();
  const version = Number(about?.[0]);
  for (let from = version; from !== SCHEMA_VERSION; from++) {
    const statements = MIGRATIONS[from];
    if (statements === undefined) throw unreadable(file, version);
    await connection.run(statements);
    await connection.run(`UPDATE about SET version = ${from + 1}`);
  }
}

/** A transaction whose failure also empties the writers of the tables. */
export async function writeTransaction(
  { database, tables }: Session,
  work: Parameters<Database['write']>[0],
): Promise<void> {
  await database.write(async (connection) => {
    try {
      await work(connection);
    } catch (error) {
      clearTables(tables);
      throw error;
    }
  });
}

export async function closeSession({ database, tables }: Session): Promise<void> {
  if (!database.broken) closeTables(tables);
  await database.close();
}

const unreadable = (file: string, version: unknown): Error =>
  new Error(
    `${file} has schema version ${version}, this program reads ${SCHEMA_VERSION}: ` +
      'use the program that wrote it, or give this one another data.dir.',
  );
