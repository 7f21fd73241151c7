import { Copy, Download, Printer } from 'lucide-react'
import { useState } from 'react'
import type { RequestInput } from '../../../shared/ipc/transport'
import type { SpendGrouping } from '../../../core/spend-query'
import { formatCounted } from '../../lib/format'
import { requestWords } from '../../lib/request-words'
import { useToday } from '../../lib/use-today'
import { copyText } from '../../markdown/copy-text'
import { Menu } from '../../ui/Menu'
import { Select } from '../../ui/Select'
import { exportView, type ExportWhat } from './export-view'
import { GROUPINGS, groupingWords } from './spend-report-words'
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
  readonly onSave: (input: RequestInput<'spend.save'>) => void
}

/** Which days are looked at, what they are taken apart by, and the way out of here as a file. */
export function ViewTools({ place, onGo, onSave }: ViewToolsProps) {
  const { day } = useToday()
  const [said, setSaid] = useState('')
  const { query } = place
  const { range, by } = query

  function choose(preset: SpendPreset): void {
    onGo(placeOf(preset, preset === 'custom' ? range : rangeOf(preset, day), by))
  }

  async function copy(what: ExportWhat): Promise<void> {
    setSaid('')
    const found = await exportView(query, what, 'csv')
    if (found.kind === 'failed') return setSaid(requestWords(found.error))
    if (found.kind === 'too-long') return setSaid('These are more than 20,000 calls: save them as a file instead.')
    const rows = formatCounted(found.rowCount, 'row', 'rows')
    setSaid(copyText(found.text) ? `Copied ${rows}.` : 'The clipboard could not be written.')
  }

  const parts = groupingWords(by).toLowerCase()
  const saving = (label: string, what: RequestInput<'spend.save'>['what']) =>
    (['csv', 'json'] as const).map((format) => ({
      icon: <Download />,
      label: `Save ${label} as ${format.toUpperCase()}…`,
      act: () => onSave({ query, what, format }),
    }))
  return (
    <div className={styles.tools}>
      <output className={styles.said}>{said}</output>
      <Select
        bare
        label="Days"
        options={PRESETS}
        value={place.preset}
        onChange={(value) => {
          const preset = PRESETS.find((each) => each.value === value)
          if (preset !== undefined) choose(preset.value)
        }}
      />
      <Select
        bare
        label="Group"
        options={GROUPINGS}
        value={by}
        onChange={(value) => onGo(groupedBy(place, value as SpendGrouping))}
      />
      <Menu
        label="Export"
        icon={<Download />}
        align="end"
        acts={[
          ...saving(`spend ${parts}`, 'groups'),
          ...saving('spend over time', 'steps'),
          ...saving('calls', 'calls'),
          { icon: <Copy />, label: `Copy spend ${parts}`, act: () => void copy('groups') },
          { icon: <Copy />, label: 'Copy calls', act: () => void copy('calls') },
          { icon: <Printer />, label: 'Print…', act: () => window.print() },
        ]}
      />
    </div>
  )
}
