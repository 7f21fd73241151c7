import type { RefObject } from 'react'
import { TextField } from '../../ui/TextField'
import type { PriceErrors } from './price-form'
import styles from './PriceFields.module.css'

interface PriceFieldsProps {
  readonly firstField: RefObject<HTMLInputElement | null>
  readonly errors: PriceErrors
  /** The day that stands there before anything is entered; empty for none. */
  readonly from: string
}

const UNIT = '$ per M tokens'

/** What a million tokens of each kind cost, and from when on. */
export function PriceFields({ firstField, errors, from }: PriceFieldsProps) {
  return (
    <div className={styles.fields}>
      <TextField
        label="Input"
        name="input"
        ref={firstField}
        unit={UNIT}
        inputMode="decimal"
        aria-required
        error={errors.input ?? null}
      />
      <TextField
        label="Output"
        name="output"
        unit={UNIT}
        inputMode="decimal"
        aria-required
        error={errors.output ?? null}
      />
      <TextField
        label="Cached input (optional)"
        name="cached"
        unit={UNIT}
        inputMode="decimal"
        error={errors.cached ?? null}
        hint="Empty: stays unpriced."
      />
      <TextField
        label="From (optional)"
        name="from"
        type="date"
        defaultValue={from}
        error={errors.from ?? null}
        hint="In UTC. Empty: every call."
      />
    </div>
  )
}
