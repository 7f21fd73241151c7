import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import { useId, useRef } from 'react'
import { classNames } from '../lib/class-names'
import styles from './Select.module.css'
import { VisuallyHidden } from './VisuallyHidden'

interface SelectProps {
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  readonly onChange: (value: string) => void
  /** The label is told, and not shown: the value says what it is of. */
  readonly bare?: boolean
}

/** One of many, by name. */
export function Select({ label, options, value, onChange, bare = false }: SelectProps) {
  const id = useId()
  // Inside the dialog or page it belongs to rather than at the end of the body.
  const container = useRef<HTMLDivElement>(null)
  return (
    <div ref={container} className={classNames(styles.select, bare && styles.bare)}>
      <Base.Root items={options} value={value} onValueChange={(next) => next !== null && onChange(next)} modal={false}>
        <label htmlFor={id}>{bare ? <VisuallyHidden>{label}</VisuallyHidden> : label}</label>
        <Base.Trigger id={id} className={styles.trigger}>
          <Base.Value className={styles.value} />
          <ChevronDown />
        </Base.Trigger>
        <Base.Portal container={container}>
          <Base.Positioner
            className={styles.positioner}
            alignItemWithTrigger={false}
            sideOffset={4}
            positionMethod="fixed"
          >
            <Base.Popup className={styles.popup}>
              <Base.List>
                {options.map((option) => (
                  <Base.Item key={option.value} value={option.value} className={styles.item}>
                    <Base.ItemText className={styles.text}>{option.label}</Base.ItemText>
                    <Base.ItemIndicator>
                      <Check />
                    </Base.ItemIndicator>
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  )
}
