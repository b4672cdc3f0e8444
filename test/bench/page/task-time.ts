interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time in µs. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The most processor time that one task of a page's main thread took, out of a trace of the category `toplevel`. */
export function longestTaskCpuMs(trace: string): number {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: readonly TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  return traceEvents.reduce(
    (longest, event) =>
      event.name === 'ThreadControllerImpl::RunTask' && mains.has(threadOf(event))
        ? Math.max(longest, (event.tdur ?? 0) / 1000)
        : longest,
    0,
  );
}
