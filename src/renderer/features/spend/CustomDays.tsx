import { useState } from 'react'
import { isRange } from '../../../core/spend-query'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import { placeOf, type SpendPlace } from './spend-view'
import styles from './ViewTools.module.css'

interface CustomDaysProps {
  readonly place: SpendPlace
  readonly onGo: (place: SpendPlace) => void
}

/** Days nobody has a name for: the first and the last. */
export function CustomDays({ place, onGo }: CustomDaysProps) {
  const [range, setRange] = useState(place.query.range)
  const [error, setError] = useState<string | null>(null)
  return (
    <form
      className={styles.days}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isRange(range)) return setError('Choose days that end after they begin, at most ten years.')
        onGo(placeOf('custom', range, place.query.by))
      }}
    >
      <TextField
        label="From"
        type="date"
        value={range.from}
        error={error}
        onChange={({ target }) => setRange({ ...range, from: target.value })}
      />
      <TextField
        label="To"
        type="date"
        value={range.to}
        onChange={({ target }) => setRange({ ...range, to: target.value })}
        beside={<Button type="submit">Show</Button>}
      />
    </form>
  )
}
