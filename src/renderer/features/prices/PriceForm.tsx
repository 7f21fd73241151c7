import { CircleCheck } from 'lucide-react'
import { useEffect, useRef, useState, type FormEvent, type RefObject } from 'react'
import type { PriceId } from '../../../core/ids'
import type { RequestError } from '../../../shared/ipc/transport'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { OwnPrices } from './OwnPrices'
import { PRICE_FIELDS, readPrice, type PriceErrors, type PriceField } from './price-form'
import type { PriceSubject } from './price-subject'
import { settledWords } from './price-words'
import { PriceFields } from './PriceFields'
import styles from './PriceForm.module.css'
import { usePrices } from './prices-store'

interface PriceFormProps {
  readonly subject: PriceSubject
  readonly firstField: RefObject<HTMLInputElement | null>
  readonly onClose: () => void
  readonly onSettled: () => void
}

/** A price, what it has settled, and the prices there are. */
export function PriceForm({ subject: { connectionId, model }, firstField, onClose, onSettled }: PriceFormProps) {
  const prices = usePrices((state) => state.prices)
  const unread = usePrices((state) => state.error)
  const load = usePrices((state) => state.load)
  const keep = usePrices((state) => state.keep)
  const remove = usePrices((state) => state.remove)
  const form = useRef<HTMLFormElement>(null)
  const done = useRef<HTMLButtonElement>(null)
  const [errors, setErrors] = useState<PriceErrors>({})
  const [refused, setRefused] = useState<RequestError | null>(null)
  const [saving, setSaving] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const [saved, setSaved] = useState(false)
  const error = refused ?? unread

  useEffect(() => void load(connectionId), [load, connectionId])
  useEffect(() => {
    if (saved) done.current?.focus()
  }, [saved])

  function refuse(wrong: PriceErrors): void {
    setErrors(wrong)
    const first = PRICE_FIELDS.find((field) => wrong[field] !== undefined)
    if (first !== undefined) fieldOf(form.current, first)?.focus()
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (saving) return
    const reading = readPrice(model, (field) => textIn(form.current, field))
    if (!reading.ok) return refuse(reading.errors)
    setSaving(true)
    const result = await keep(connectionId, reading.price)
    setSaving(false)
    setRefused(result.ok || result.error.code === 'price_invalid' ? null : result.error)
    if (!result.ok) return refuse(result.error.code === 'price_invalid' ? { input: requestWords(result.error) } : {})
    setErrors({})
    setSaid(settledWords(result.value))
    setSaved(true)
    if (result.value.callCount > 0) onSettled()
  }

  async function takeBack(priceId: PriceId): Promise<void> {
    // First, as the button that was pressed goes away with its price.
    firstField.current?.focus()
    if (!(await remove(connectionId, priceId))) return
    setSaved(false)
    setSaid('Removed. What it settled stays settled.')
  }

  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      onSubmit={(event) => void save(event)}
      // What was said is about another price as soon as this one changes.
      onInput={() => {
        setSaved(false)
        setSaid(null)
      }}
    >
      <PriceFields firstField={firstField} errors={errors} />
      <output className={styles.said}>
        {said !== null && (
          <>
            <CircleCheck />
            {said}
          </>
        )}
      </output>
      {error !== null && (
        <div className={styles.failed}>
          <Notice kind="danger" title={requestWords(error)} alert />
        </div>
      )}
      <OwnPrices prices={prices.filter((price) => price.model === model)} onRemove={takeBack} />
      <DialogActions>
        <Button ref={done} kind={saved ? 'primary' : 'plain'} onClick={onClose}>
          {saved ? 'Done' : 'Cancel'}
        </Button>
        <Button kind={saved ? 'plain' : 'primary'} type="submit" aria-disabled={saving}>
          Set price
        </Button>
      </DialogActions>
    </form>
  )
}

function fieldOf(form: HTMLFormElement | null, field: PriceField): HTMLInputElement | null {
  return (form?.elements.namedItem(field) ?? null) as HTMLInputElement | null
}

/** A date that is half entered reads as none, and must not count as none. */
function textIn(form: HTMLFormElement | null, field: PriceField): string {
  const input = fieldOf(form, field)
  return input?.validity.badInput === true ? '?' : (input?.value ?? '')
}
