import { app } from 'electron'
import type { Clock } from '../ports'

/**
 * The system's clock. `--test-clock=2026-11-23T10:00:00Z` starts it at that instant instead and lets it run on from
 * there; a packaged build ignores the switch, since a wrong clock means wrong prices and budgets.
 */
export function systemClock(): Clock {
  const shift = app.isPackaged ? 0 : testShift()
  return {
    now: () => Date.now() + shift,
    offsetMinutes: (atMs) => -new Date(atMs).getTimezoneOffset(),
  }
}

function testShift(): number {
  const start = Date.parse(app.commandLine.getSwitchValue('test-clock'))
  return Number.isNaN(start) ? 0 : start - Date.now()
}
