import { useEffect, useState } from 'react'

const SAID_MS = 2_000

/** What an act just did, for as long as it takes to be seen and heard; the function says the next. */
export function useSaid(): readonly [said: string | null, say: (text: string) => void] {
  // An object, so that the same words said again stay as long again.
  const [said, setSaid] = useState<{ readonly text: string } | null>(null)
  useEffect(() => {
    if (said === null) return undefined
    const timer = setTimeout(() => setSaid(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  return [said?.text ?? null, (text) => setSaid({ text })]
}
