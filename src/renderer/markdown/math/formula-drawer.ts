import { useEffect, useSyncExternalStore } from 'react'
import type { drawFormula } from './draw-formula'

type Drawer = typeof drawFormula

let drawer: Drawer | null = null
let loading: Promise<void> | null = null
const waiting = new Set<() => void>()

/** Loads what draws formulas, once; it is larger than all else that draws, and few answers need it. */
export function loadDrawer(): Promise<void> {
  loading ??= load()
  return loading
}

async function load(): Promise<void> {
  try {
    drawer = (await import('./draw-formula')).drawFormula
    for (const tell of waiting) tell()
  } catch {
    // The formula stays as it was written; the next one tries again.
    loading = null
  }
}

/** What draws formulas, null until it is there. */
export function useDrawer(): Drawer | null {
  const known = useSyncExternalStore(listen, current, current)
  useEffect(() => void loadDrawer(), [])
  return known
}

function listen(tell: () => void): () => void {
  waiting.add(tell)
  return () => void waiting.delete(tell)
}

function current(): Drawer | null {
  return drawer
}
