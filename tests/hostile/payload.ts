/** A text that tries something, and the number by which whatever it does can be traced back to it. */
export interface Payload {
  readonly id: number
  readonly family: string
  readonly text: string
}

/** What a payload does when it gets through. The same number stands in all of them. */
export interface Aim {
  /** A script that reports itself to the harness; without quotes, so that it fits into any attribute. */
  readonly js: string
  /** An address on a host whose every connection is counted. Nobody but a payload knows it. */
  readonly url: string
}

/** A text with holes for the aim. */
export type Template = (aim: Aim) => string

/** The templates of one kind of attack. */
export interface Family {
  readonly name: string
  readonly templates: readonly Template[]
}

/** The host of every address in a payload of ours. It resolves to the harness's own sink and nowhere else. */
export const SINK_HOST = 'sink.latchkey.test'

/** The aim of payload `id`. */
export function aimOf(id: number): Aim {
  return { js: `hit(${id})`, url: `http://${SINK_HOST}/${id}` }
}

/** Every combination of two lists. */
export function crossed<A, B, Out>(as: readonly A[], bs: readonly B[], make: (a: A, b: B) => Out): Out[] {
  return as.flatMap((a) => bs.map((b) => make(a, b)))
}
