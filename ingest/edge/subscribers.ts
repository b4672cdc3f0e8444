import createEmitter, { type MQEmitter } from 'mqemitter';

/**
 * The emitter that carries messages to the broker's subscribers, which knows whether there are any. It has no limit on
 * concurrency: the limit would queue in an array that is shifted, 42 % of the processor under load; publishers wait
 * for their own messages anyway.
 */
export interface Subscribers {
  readonly emitter: MQEmitter;
  /** Nobody listens, the broker's own `$SYS` bookkeeping aside. */
  readonly none: boolean;
}

type Listener = Parameters<MQEmitter['on']>;

export function createSubscribers(): Subscribers {
  const emitter = createEmitter({ concurrency: 0 });
  let listeners = 0;
  const count = (topic: string, by: number): void => {
    if (!topic.startsWith('$SYS/')) listeners += by;
  };
  const on = emitter.on.bind(emitter);
  const off = emitter.removeListener.bind(emitter);
  emitter.on = (...args: Listener) => {
    count(args[0], 1);
    return on(...args);
  };
  emitter.removeListener = (...args: Listener) => {
    count(args[0], -1);
    off(...args);
  };
  return {
    emitter,
    get none() {
      return listeners === 0;
    },
  };
}
