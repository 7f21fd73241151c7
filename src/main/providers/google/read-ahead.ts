/**
 * Takes what arrives as it arrives, however slowly it is read here. The SDK's stream throws away whatever still waits in
 * it when an error follows; this way the text before an error is kept, and so are the figures it is priced by. Only what
 * arrives in one piece with garbage is lost in the SDK, before anyone can take it.
 */
export async function* readAhead<Value>(source: AsyncIterable<Value>): AsyncGenerator<Value> {
  const waiting: Value[] = []
  let over = false
  let wake: (() => void) | undefined

  const take = async (): Promise<void> => {
    try {
      for await (const value of source) {
        waiting.push(value)
        wake?.()
      }
    } finally {
      over = true
      wake?.()
    }
  }

  const taken = take()
  // Awaited below, perhaps long after it failed, and never when the reader leaves before the end.
  taken.catch(() => undefined)
  for (;;) {
    yield* waiting.splice(0)
    if (waiting.length > 0) continue
    if (over) break
    await new Promise<void>((resolve) => (wake = resolve))
  }
  await taken
}
