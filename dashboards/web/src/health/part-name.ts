/** A part of `/readyz` as the page calls it: `sparkplug-2` is one of several brokers, `broker w1` is that of a worker. */
export function partName(part: string, names: Readonly<Record<string, string>>): string {
  const [, own = part, nth, worker] = /^([a-z]+)(?:-(\d+))?(?: (.+))?$/.exec(part) ?? [];
  return [names[own] ?? own, nth, worker].filter((piece) => piece !== undefined).join(' ');
}
