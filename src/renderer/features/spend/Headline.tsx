import { CircleHelp } from 'lucide-react'
import { useId, type Ref } from 'react'
import { picoFromString } from '../../../core/money'
import { daysIn, lastDayOf } from '../../../core/spend-query'
import type { ForecastView } from '../../../shared/ipc/spend-views'
import { costTitle } from '../../lib/cost-words'
import { formatCounted, formatMonthName } from '../../lib/format'
import { permille } from '../../lib/permille'
import { useToday } from '../../lib/use-today'
import { classNames } from '../../lib/class-names'
import { Details } from '../../ui/Details'
import { MeterBar } from '../../ui/MeterBar'
import styles from './Headline.module.css'
import type { MonthBudget } from './MonthTotal'
import { daysLeftWords, paceOf } from './pace'
import { className, forecastWords, leftOutWords, stakeWords } from './spend-report-words'
import type { SpendDetail } from './spend-store'
import { filtered, isWholeMonth, rangeWords, type SpendPlace } from './spend-view'
import { partFigure } from './spend-words'

interface HeadlineProps {
  readonly detail: SpendDetail
  readonly budget: MonthBudget | null
  readonly onOpen: (place: SpendPlace) => void
  readonly ref?: Ref<HTMLElement>
}

/** What it comes to, how that stands to the budget, where it will end, and how sure all of it is. */
export function Headline({ detail, budget, onOpen, ref }: HeadlineProps) {
  const { place, report, forecast } = detail
  const { day } = useToday()
  const isMonth = isWholeMonth(place)
  const when = rangeWords(report.query.range)
  const { callCount, total } = report
  const left = daysLeftWords(Number(day.slice(8)), Number(lastDayOf(day).slice(8)))
  const ending = isMonth ? forecastWords(forecast) : null
  const leftOut = leftOutWords(forecast)
  return (
    <section ref={ref} tabIndex={-1} className={styles.headline} aria-label={isMonth ? 'This month' : when}>
      <div className={styles.first}>
        <div>
          <p className={styles.money} title={costTitle(total)}>
            {partFigure(total)}
          </p>
          <p className={styles.under}>
            {callCount === 0
              ? `Nothing spent in ${isMonth ? `${formatMonthName(day)} yet` : when}`
              : `${isMonth ? formatMonthName(day) : when}, ${formatCounted(callCount, 'call', 'calls')}`}
            {isMonth && ` · ${left}`}
          </p>
        </div>
        {ending !== null && (
          <div className={styles.ending}>
            <div className={styles.forecast}>
              <span>{ending}</span>
              <Details label="How the forecast is made" icon={<CircleHelp />}>
                <p>
                  Made of days like your last 7, 28 and 56, drawn by chance 200 times; 190 of those months ended in this
                  range.
                </p>
                {leftOut !== '' && <p>{leftOut}</p>}
              </Details>
            </div>
            {leftOut !== '' && <p className={styles.under}>{leftOut}</p>}
          </div>
        )}
      </div>
      {isMonth && budget !== null && <Pace budget={budget} day={day} range={forecast.range} />}
      {report.classes.length > 0 && (
        <ul className={styles.classes} aria-label="How sure it is">
          {report.classes.map((each) => (
            <li key={each.costClass}>
              <button
                type="button"
                className={styles.class}
                onClick={() => onOpen(filtered(place, { costClass: each.costClass }, className(each.costClass)))}
              >
                {className(each.costClass)}
              </button>{' '}
              {each.spend.atLeast !== '0' || each.spend.pico !== null ? `${partFigure(each.spend)}, ` : ''}
              {formatCounted(each.callCount, 'call', 'calls')}
              {stakeWords(each) !== '' && <strong className={styles.stake}> · {stakeWords(each)}</strong>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

interface PaceProps {
  readonly budget: MonthBudget
  readonly day: string
  /** Between what the month will probably end; null while nobody can say. */
  readonly range: ForecastView['range']
}

function Pace({ budget, day, range }: PaceProps) {
  const hatch = useId()
  const days = daysIn({ from: `${day.slice(0, 7)}-01`, to: lastDayOf(day) }) ?? 30
  const { gone, words, ahead, over } = paceOf(budget.settled, budget.limitPico, Number(day.slice(8)), days)
  const [least, most] = [range?.least ?? '0', range?.most ?? '0'].map((end) =>
    permille(picoFromString(end), picoFromString(budget.limitPico)),
  ) as [number, number]
  return (
    <div className={styles.pace}>
      <div className={styles.bar}>
        <MeterBar {...budget.meter} className={styles.meter} />
        <svg className={styles.tick} aria-hidden="true">
          <defs>
            <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line className={styles.likely} x1="1" x2="1" y1="0" y2="5" />
            </pattern>
          </defs>
          {/* Where the month will probably end, where that is on the bar. */}
          {most > least && (
            <rect x={`${least / 10}%`} y="6" width={`${(most - least) / 10}%`} height="8" fill={`url(#${hatch})`} />
          )}
          <line className={styles.even} x1={`${gone / 10}%`} x2={`${gone / 10}%`} y1="0" y2="100%" />
        </svg>
      </div>
      <p className={styles.paceWords}>
        <span className={classNames(over ? styles.past : ahead && styles.ahead)}>{words}</span>
        <span>of {budget.limit}</span>
      </p>
    </div>
  )
}
