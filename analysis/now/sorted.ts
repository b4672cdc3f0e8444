/** Puts a value into ascending instants, over the one that is there already for the same instant. */
export function insertSorted<V>(ts: number[], values: V[] | undefined, at: number, value?: V): void {
  let index = ts.length;
  while (index > 0 && (ts[index - 1] as number) > at) index--;
  if (ts[index - 1] === at) {
    if (values) values[index - 1] = value as V;
    return;
  }
  ts.splice(index, 0, at);
  values?.splice(index, 0, value as V);
}
