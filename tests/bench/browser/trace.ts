/** One entry of a trace, as Chromium writes it; times in microseconds. */
export interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly args?: { readonly name?: string }
  /** How long it took by the clock of its thread: time in which the thread did not run is not in it. */
  readonly tdur?: number
}

/** What a trace must hold for `longestTask`. */
export const TRACED = ['disabled-by-default-devtools.timeline']

/** The longest task of a page's main thread, in ms of its own CPU time; null when the trace holds none. */
export function longestTask(events: readonly TraceEvent[]): number | null {
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const pages = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(threadOf),
  )
  const times = events
    .filter((event) => event.name === 'RunTask' && pages.has(threadOf(event)))
    .flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1000]))
  return times.length === 0 ? null : Math.max(...times)
}
