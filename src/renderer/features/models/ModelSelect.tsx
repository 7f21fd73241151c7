import { Select } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import { useRef, type Ref } from 'react'
import { useToday } from '../../lib/use-today'
import { ProviderTile } from '../../ui/ProviderTile'
import { offeredModels } from './model-choice'
import styles from './ModelSelect.module.css'
import { nameOf, useModels } from './models-store'
import { priceWords } from './prices'

interface ModelSelectProps {
  readonly value: string | null
  readonly onChange: (model: string) => void
  readonly trigger?: Ref<HTMLButtonElement>
}

/** Which model the next message goes to, and what it costs. */
export function ModelSelect({ value, onChange, trigger }: ModelSelectProps) {
  const models = useModels((state) => state.models)
  // Inside the page's landmark rather than at the end of the body.
  const container = useRef<HTMLDivElement>(null)
  const today = useToday()
  const offered = offeredModels(models, today.day)
  const current = models.find((model) => model.id === value)
  return (
    <div ref={container}>
      <Select.Root value={value} onValueChange={(next) => next !== null && onChange(next)}>
        <Select.Trigger ref={trigger} className={styles.trigger} aria-label="Model">
          {current !== undefined && <ProviderTile provider={current.provider} />}
          <Select.Value className={styles.name}>{nameOf(models, value)}</Select.Value>
          {current !== undefined && <span className={styles.price}>{priceWords(current)}</span>}
          <Select.Icon className={styles.icon}>
            <ChevronDown />
          </Select.Icon>
        </Select.Trigger>
        <Select.Portal container={container}>
          <Select.Positioner
            className={styles.positioner}
            align="end"
            sideOffset={4}
            alignItemWithTrigger={false}
            positionMethod="fixed"
          >
            <Select.Popup className={styles.popup}>
              <Select.List className={styles.list}>
                {offered.map((model) => (
                  <Select.Item key={model.id} value={model.id} className={styles.item}>
                    <ProviderTile provider={model.provider} />
                    <Select.ItemText className={styles.name}>{model.name}</Select.ItemText>{' '}
                    <span className={styles.price}>{priceWords(model)}</span>
                    <span className={styles.check}>
                      <Select.ItemIndicator>
                        <Check />
                      </Select.ItemIndicator>
                    </span>
                  </Select.Item>
                ))}
              </Select.List>
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
    </div>
  )
}
