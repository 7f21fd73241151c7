import { costTitle, sumFigure } from '../../lib/cost-words'
import styles from './MonthTotal.module.css'
import { useSpend } from './spend-store'

/** The month so far, always in view. */
export function MonthTotal() {
  const month = useSpend((state) => state.month)
  if (month === null) return null
  return (
    <p className={styles.total} title={costTitle(month.spend)}>
      <strong>{sumFigure(month.spend)}</strong> this month
    </p>
  )
}
