import { type PoolOptions, type PoolWorker, ThreadsPoolWorker, type WorkerRequest } from 'vitest/node';

/** The one thread of this process, once it is set up. */
let kept: ThreadsPoolWorker | undefined;

type Listener = readonly [event: string, told: (...args: unknown[]) => void];

/**
 * A thread that outlives a run: the next one finds the modules loaded, and only the test files are read again. For mutation
 * testing, where a run lasts a tenth of a second and starting a thread takes several times that.
 */
export class KeptThread implements PoolWorker {
  readonly name = 'kept-thread';
  readonly #thread: ThreadsPoolWorker;
  readonly #isNew: boolean;
  #listeners: Listener[] = [];

  constructor(options: PoolOptions) {
    this.#isNew = kept === undefined;
    kept ??= new ThreadsPoolWorker(options);
    this.#thread = kept;
  }

  on(...listener: Listener): void {
    this.#listeners.push(listener);
    this.#thread.on(...listener);
  }

  off(...[event, told]: Listener): void {
    this.#listeners = this.#listeners.filter((one) => one[0] !== event || one[1] !== told);
    this.#thread.off(event, told);
  }

  send(message: WorkerRequest): void {
    if (message.type === 'start' && !this.#isNew) this.#answer('started');
    else if (message.type === 'stop') this.#answer('stopped');
    else this.#thread.send(message);
  }

  async start(): Promise<void> {
    if (this.#isNew) await this.#thread.start();
  }

  async stop(): Promise<void> {
    for (const [event, told] of this.#listeners) this.#thread.off(event, told);
  }

  deserialize(data: unknown): unknown {
    return this.#thread.deserialize(data);
  }

  /** Says in the thread's place what it would say if it began or ended here. */
  #answer(type: 'started' | 'stopped'): void {
    const told = { __vitest_worker_response__: true, type };
    for (const [event, listener] of this.#listeners) if (event === 'message') setImmediate(listener, told);
  }
}
