import { picoFromString } from '../../../core/money'
import type { BudgetView } from '../../../shared/ipc/views'
import { permille } from '../../lib/permille'
import type { MeterTone } from '../../ui/MeterBar'

const TONES: Readonly<Record<BudgetView['level'], MeterTone>> = {
  fine: 'calm',
  warn: 'warn',
  ask: 'warn',
  block: 'danger',
  over: 'danger',
  paused: 'calm',
}

/** How a budget is drawn: what is booked and what is held, together never longer than the limit. */
export function meterOf({ limit, settled, reserved, level }: BudgetView) {
  const whole = picoFromString(limit)
  const booked = picoFromString(settled)
  const used = permille(booked, whole)
  const together = permille(booked + picoFromString(reserved), whole)
  return { used, held: Math.max(0, together - used), tone: TONES[level] }
}
