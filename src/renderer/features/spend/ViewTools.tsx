import { Download, List, Rows3 } from 'lucide-react'
import { useState } from 'react'
import { isRange, type SpendGrouping } from '../../../core/spend-query'
import { formatCounted } from '../../lib/format'
import { requestWords } from '../../lib/request-words'
import { useToday } from '../../lib/use-today'
import { copyText } from '../../markdown/copy-text'
import { Button } from '../../ui/Button'
import { Menu } from '../../ui/Menu'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { exportView, type ExportFormat, type ExportWhat } from './export-view'
import { GROUPINGS } from './spend-report-words'
import { groupedBy, placeOf, rangeOf, type SpendPlace, type SpendPreset } from './spend-view'
import styles from './ViewTools.module.css'

const PRESETS: readonly { readonly value: SpendPreset; readonly label: string }[] = [
  { value: 'month', label: 'This month' },
  { value: 'last-month', label: 'Last month' },
  { value: 'days', label: '30 days' },
  { value: 'year', label: '12 months' },
  { value: 'custom', label: 'Other days' },
]

interface ViewToolsProps {
  readonly place: SpendPlace
  readonly onGo: (place: SpendPlace) => void
}

/** Which days are looked at, what they are taken apart by, and the way out of here as a file. */
export function ViewTools({ place, onGo }: ViewToolsProps) {
  const { day } = useToday()
  const [said, setSaid] = useState('')
  const { range, by } = place.query

  function choose(preset: SpendPreset): void {
    onGo(placeOf(preset, preset === 'custom' ? range : rangeOf(preset, day), by))
  }

  async function copy(what: ExportWhat, format: ExportFormat): Promise<void> {
    setSaid('')
    const found = await exportView(place.query, what, format)
    if (found.kind === 'failed') return setSaid(requestWords(found.error))
    if (found.kind === 'too-long') return setSaid('These are more than 20,000 calls: choose fewer days to copy them.')
    const copied = copyText(found.text)
    const rows = formatCounted(found.rowCount, 'row', 'rows')
    setSaid(copied ? `Copied ${rows} as ${format.toUpperCase()}.` : 'The clipboard could not be written.')
  }

  return (
    <div className={styles.tools}>
      <Select
        label="Days"
        options={PRESETS}
        value={place.preset}
        onChange={(value) => {
          const preset = PRESETS.find((each) => each.value === value)
          if (preset !== undefined) choose(preset.value)
        }}
      />
      {place.preset === 'custom' && place.parent === null && (
        // Begun anew with every range, so that what was typed and not asked is not taken for it.
        <CustomDays key={`${range.from} ${range.to}`} place={place} onGo={onGo} />
      )}
      <Select
        label="By"
        options={GROUPINGS}
        value={by}
        onChange={(value) => onGo(groupedBy(place, value as SpendGrouping))}
      />
      <Menu
        label="Export"
        icon={<Download />}
        acts={[
          { icon: <Rows3 />, label: 'Copy parts as CSV', act: () => void copy('groups', 'csv') },
          { icon: <Rows3 />, label: 'Copy parts as JSON', act: () => void copy('groups', 'json') },
          { icon: <List />, label: 'Copy calls as CSV', act: () => void copy('calls', 'csv') },
          { icon: <List />, label: 'Copy calls as JSON', act: () => void copy('calls', 'json') },
        ]}
      />
      <output className={styles.said}>{said}</output>
    </div>
  )
}

function CustomDays({ place, onGo }: ViewToolsProps) {
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
