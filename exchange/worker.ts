import { parentPort, workerData } from 'node:worker_threads';
import type { Task } from './in-thread.ts';
import { readRegister } from './read-register.ts';
import { writeRegister } from './write-register.ts';

/** One task in a thread of its own; see `in-thread.ts`. */
const task = workerData as Task;
parentPort?.postMessage(
  task.kind === 'read' ? await readRegister(task.bytes, task.known) : await writeRegister(task.pilots),
);
