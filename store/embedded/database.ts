import { setImmediate as nextTurn } from 'node:timers/promises';
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import { isFatal, translated } from './failure.ts';

const IDLE_READERS = 4;

export interface DatabaseOptions {
  readonly file: string;
  /** For what DuckDB puts aside when memory is short. */
  readonly tempDir: string;
  readonly memoryLimitMb: number;
  readonly threads: number;
}

/** One open DuckDB file: one connection that writes, and as many as are asked for to read. */
export interface Database {
  /** The writer's connection, for appenders; used inside {@link write} only. */
  readonly writer: DuckDBConnection;
  /** After a fatal error: DuckDB wants the file opened again. */
  readonly broken: boolean;
  /** Runs work in one transaction that is durable when this resolves. One at a time; an error rolls everything back. */
  write<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** Runs work on one consistent view of what is committed. */
  read<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** Copies one consistent view of what is committed into a new database file. */
  copyInto(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens or makes the file. Another process that has it open makes this fail with the remedy. */
export async function openDatabase({
  file,
  tempDir,
  memoryLimitMb,
  threads,
}: DatabaseOptions): Promise<Database> {
  const instance = await DuckDBInstance.create(file, {
    memory_limit: `${memoryLimitMb}MB`,
    threads: `${threads}`,
    temp_directory: tempDir,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
  }).catch((error: unknown) => {
    throw lockedBy(file, error) ?? translated(error);
  });
  const writer = await instance.connect();
  const idle: DuckDBConnection[] = [];
  let broken = false;
  let closed = false;
  let writing: Promise<unknown> = Promise.resolve();
  const reading = new Set<Promise<unknown>>();

  const transaction = async <T>(
    connection: DuckDBConnection,
    work: (connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> => {
    if (closed) throw new Error('the embedded store is closed');
    try {
      await connection.run('BEGIN TRANSACTION');
      const result = await work(connection);
      await connection.run('COMMIT');
      return result;
    } catch (error) {
      if (isFatal(error)) broken = true;
      await connection.run('ROLLBACK').catch(() => {
        // The transaction has ended already, or DuckDB is out of order: `broken` says so.
      });
      throw translated(error);
    }
  };

  return {
    writer,
    get broken() {
      return broken;
    },
    write(work) {
      const result = writing.then(() => transaction(writer, work));
      writing = result.catch(() => {});
      return result;
    },
    async read(work) {
      const connection = idle.pop() ?? (await instance.connect());
      const result = transaction(connection, work);
      const settled = result.catch(() => {});
      reading.add(settled);
      try {
        return await result;
      } finally {
        reading.delete(settled);
        if (!closed && idle.length < IDLE_READERS) idle.push(connection);
        else connection.closeSync();
      }
    },
    async copyInto(target) {
      if (closed) throw new Error('the embedded store is closed');
      const connection = await instance.connect();
      const copy = (async () => {
        const [row] = await (await connection.run('SELECT current_database()')).getRows();
        await connection.run(`ATTACH '${target.replaceAll("'", "''")}' AS backup`);
        try {
          await connection.run('BEGIN TRANSACTION');
          await connection.run(`COPY FROM DATABASE "${row?.[0]}" TO backup`);
          await connection.run('COMMIT');
        } catch (error) {
          await connection.run('ROLLBACK').catch(() => {
            // The transaction has ended already.
          });
          throw error;
        } finally {
          await connection.run('DETACH backup');
          connection.closeSync();
        }
      })();
      const settled = copy.catch(() => {});
      reading.add(settled);
      try {
        await copy;
      } catch (error) {
        throw translated(error);
      } finally {
        reading.delete(settled);
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      await writing;
      await Promise.all(reading);
      for (const connection of [writer, ...idle]) connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Chunks that are handed over before other work may run. */
const CHUNKS_A_TURN = 64;

/**
 * Runs a query, calls back for each chunk of its result, in order, with the number of rows of all chunks. The chunks of a finished result are at hand: to
 * wait for each of them would cost a turn of the event loop a chunk, which a busy process has few of.
 */
export async function eachChunk(
  connection: DuckDBConnection,
  sql: string,
  take: (chunk: DuckDBDataChunk, rowCount: number) => void,
): Promise<void> {
  const result = await connection.run(sql);
  const { chunkCount, rowCount } = result;
  for (let index = 0; index < chunkCount; index++) {
    if (index > 0 && index % CHUNKS_A_TURN === 0) await nextTurn();
    take(result.getChunk(index), rowCount);
  }
}

function lockedBy(file: string, error: unknown): Error | undefined {
  const text = error instanceof Error ? error.message : '';
  if (!/lock/i.test(text)) return undefined;
  const owner = /PID (\d+)/.exec(text)?.[1];
  return new Error(
    `${file} is in use by another process${owner ? ` (PID ${owner})` : ''}: the embedded store works in one process. ` +
      'Stop that process, or give this one another data.dir, or use InfluxDB for separate processes.',
    { cause: error },
  );
}
