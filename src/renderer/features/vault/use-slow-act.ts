import { useState } from 'react'
import { createSlowAct, type SlowAct, type SlowPhase } from './slow-act'

/** Something slow that this dialog does, and how far it is. */
export function useSlowAct(): SlowAct & { readonly phase: SlowPhase } {
  const [phase, setPhase] = useState<SlowPhase>('idle')
  const [act] = useState(() => createSlowAct(setPhase))
  return { ...act, phase }
}
