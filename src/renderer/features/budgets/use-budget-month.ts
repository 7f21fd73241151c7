import { monthOf, periodDays, type Calendar } from '../../../core/period'
import { useToday } from '../../lib/use-today'
import { useBudgets } from './budgets-store'

/** The month that budgets count now, `2026-11`: by the calendar they go by. */
export function useBudgetMonth(): string {
  const calendar = useBudgets((state) => state.calendar)
  // Drawn again at midnight.
  useToday()
  return monthNow(calendar)
}

function monthNow(calendar: Calendar): string {
  const now = new Date()
  const [first] = periodDays('month', calendar, now.getTime(), -now.getTimezoneOffset())
  return monthOf(first)
}
