import { app } from 'electron'
import type { Clock } from '../ports'

/** How long a change of the system's time zone may go unnoticed, in milliseconds. */
const ZONE_AGE_MS = 30_000

/**
 * The system's clock. `--test-clock=2026-11-23T10:00:00Z` starts it at that instant instead and lets it run on from
 * there; a packaged build ignores the switch, since a wrong clock means wrong prices and budgets.
 */
export function systemClock(): Clock {
  const shift = app.isPackaged ? 0 : testShift()
  let askedMs = -Infinity
  return {
    now: () => Date.now() + shift,
    steadyMs: () => performance.now(),
    offsetMinutes(atMs) {
      if (Math.abs(Date.now() - askedMs) > ZONE_AGE_MS) {
        askedMs = Date.now()
        forgetTimeZone()
      }
      return -new Date(atMs).getTimezoneOffset()
    },
  }
}

/**
 * Node looks the zone up once, so that whoever travels would keep yesterday's midnight until the next start. Any write to
 * TZ makes it look again; deleting what is not set changes nothing else.
 */
function forgetTimeZone(): void {
  const { TZ } = process.env
  if (TZ === undefined) delete process.env['TZ']
  else process.env['TZ'] = TZ
}

function testShift(): number {
  const start = Date.parse(app.commandLine.getSwitchValue('test-clock'))
  return Number.isNaN(start) ? 0 : start - Date.now()
}
