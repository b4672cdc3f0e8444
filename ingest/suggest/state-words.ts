import type { State } from '../../domain/state.ts';

/** Words by which controllers and programmers say what a machine does; a proposal is for a person to check. */
const WORDS: Readonly<Record<string, State>> = {
  running: 'running',
  run: 'running',
  active: 'running',
  execute: 'running',
  executing: 'running',
  producing: 'running',
  production: 'running',
  working: 'running',
  auto: 'running',
  automatic: 'running',
  运行: 'running',
  运行中: 'running',
  生产: 'running',
  生产中: 'running',
  加工: 'running',
  加工中: 'running',
  setup: 'setup',
  changeover: 'setup',
  换型: 'setup',
  调机: 'setup',
  换模: 'setup',
  idle: 'idle',
  ready: 'idle',
  standby: 'idle',
  waiting: 'idle',
  wait: 'idle',
  待机: 'idle',
  空闲: 'idle',
  等待: 'idle',
  blocked: 'blocked',
  堵料: 'blocked',
  starved: 'starved',
  缺料: 'starved',
  held: 'held',
  hold: 'held',
  paused: 'held',
  pause: 'held',
  暂停: 'held',
  down: 'down',
  fault: 'down',
  error: 'down',
  alarm: 'down',
  stopped: 'down',
  stop: 'down',
  故障: 'down',
  报警: 'down',
  停机: 'down',
  maintenance: 'planned-stop',
  保养: 'planned-stop',
  检修: 'planned-stop',
  off: 'off',
  offline: 'off',
  关机: 'off',
};

/** What a word says of a machine, or `undefined`. */
export const stateOfWord = (word: string): State | undefined => {
  const bare = word.trim().toLowerCase();
  return Object.hasOwn(WORDS, bare) ? WORDS[bare] : undefined;
};

/** Names under which the state of a machine is sent. */
export const isStateName = (name: string): boolean =>
  /^(?:state|status|machine_?state|machine_?status|run_?state|run_?status|execution|状态|运行状态|设备状态)$/i.test(
    name,
  );
