import { CircleCheck } from 'lucide-react'
import { useEffect, useRef, useState, type FormEvent, type RefObject } from 'react'
import type { PriceId } from '../../../core/ids'
import type { RequestError } from '../../../shared/ipc/transport'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { OwnPrices } from './OwnPrices'
import { PRICE_FIELDS, readPrice, type PriceErrors, type PriceField, type PriceReading } from './price-form'
import type { PriceSubject } from './price-subject'
import { settledWords } from './price-words'
import { PriceFields } from './PriceFields'
import { PricePreview } from './PricePreview'
import styles from './PriceForm.module.css'
import { usePrices } from './prices-store'
import { usePreview } from './use-preview'

interface PriceFormProps {
  readonly subject: PriceSubject
  readonly firstField: RefObject<HTMLInputElement | null>
  readonly onClose: () => void
  readonly onSettled: () => void
}

/** A price, what it has settled, and the prices there are. */
export function PriceForm({ subject, firstField, onClose, onSettled }: PriceFormProps) {
  const { connectionId, model } = subject
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
  const { preview, isStale, want, clear, isShown, show } = usePreview(connectionId)
  const error = refused ?? unread

  useEffect(() => void load(connectionId), [load, connectionId])
  useEffect(() => {
    if (saved) done.current?.focus()
  }, [saved])

  function read(): PriceReading {
    return readPrice(model, (field) => textIn(form.current, field))
  }

  function refuseAll(refusal: RequestError): void {
    const isPrice = refusal.code === 'price_invalid'
    setRefused(isPrice ? null : refusal)
    refuse(isPrice ? { input: requestWords(refusal) } : {})
  }

  function refuse(wrong: PriceErrors): void {
    setErrors(wrong)
    const first = PRICE_FIELDS.find((field) => wrong[field] !== undefined)
    if (first !== undefined) fieldOf(form.current, first)?.focus()
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (saving) return
    const reading = read()
    if (!reading.ok) return refuse(reading.errors)
    setErrors({})
    setSaving(true)
    // Nothing is set that was not seen before.
    if (!isShown(reading.price)) {
      const refusal = await show(reading.price)
      setSaving(false)
      return refusal === null ? setRefused(null) : refuseAll(refusal)
    }
    const result = await keep(connectionId, reading.price)
    setSaving(false)
    if (!result.ok) return refuseAll(result.error)
    setRefused(null)
    clear()
    setSaid(settledWords(result.value))
    setSaved(true)
    if (result.value.callCount > 0) onSettled()
  }

  async function takeBack(priceId: PriceId): Promise<void> {
    // First, as the button that was pressed goes away with its price.
    firstField.current?.focus()
    if (!(await remove(connectionId, priceId))) return
    // What is entered would change something else by now.
    clear()
    const reading = read()
    if (reading.ok) void show(reading.price)
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
        const reading = read()
        if (reading.ok) setErrors({})
        want(reading.ok ? reading.price : null)
      }}
    >
      <PriceFields firstField={firstField} errors={errors} from={subject.from ?? ''} />
      <PricePreview preview={preview} isStale={isStale} />
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
