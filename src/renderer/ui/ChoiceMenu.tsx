import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { useId, useRef, type ReactNode } from 'react'
import { IconButton } from './IconButton'
import styles from './Menu.module.css'

interface ChoiceMenuProps<Value extends string> {
  /** Of the button that opens it. */
  readonly label: string
  readonly icon: ReactNode
  /** What is chosen, above the choices. */
  readonly heading: string
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value
  readonly onChoose: (value: Value) => void
  /** What to know before choosing, below them. */
  readonly note: string
  /** Something else below that: what opens, under a heading of its own, or words alone. */
  readonly others?: readonly OtherChoice[]
}

export interface OtherChoice {
  readonly heading: string
  readonly label?: string
  readonly act?: () => void
  readonly note: string
}

/** A button with an icon that opens a list of which one is chosen. */
export function ChoiceMenu<Value extends string>({
  label,
  icon,
  heading,
  choices,
  value,
  onChoose,
  note,
  others = [],
}: ChoiceMenuProps<Value>) {
  // Inside the landmark it belongs to rather than at the end of the body.
  const container = useRef<HTMLDivElement>(null)
  const chosen = useRef<OtherChoice | null>(null)
  const id = useId()

  // Done once the menu has given the focus back, so that the act may move it.
  function finish(open: boolean): void {
    if (open) return
    const { current } = chosen
    chosen.current = null
    current?.act?.()
  }

  return (
    <div ref={container} className={styles.place}>
      <Base.Root onOpenChangeComplete={finish}>
        <Base.Trigger render={<IconButton label={label}>{icon}</IconButton>} />
        <Base.Portal container={container}>
          <Base.Positioner className={styles.positioner} align="end" sideOffset={4} positionMethod="fixed">
            <Base.Popup className={styles.popup} aria-label={label}>
              <Base.RadioGroup
                value={value}
                onValueChange={(next) => onChoose(next as Value)}
                aria-describedby={`${id}-note`}
              >
                <Base.GroupLabel className={styles.heading}>{heading}</Base.GroupLabel>
                {choices.map((choice) => (
                  <Base.RadioItem key={choice.value} value={choice.value} className={styles.item} closeOnClick>
                    <span className={styles.label}>{choice.label}</span>
                    <Base.RadioItemIndicator>
                      <Check />
                    </Base.RadioItemIndicator>
                  </Base.RadioItem>
                ))}
              </Base.RadioGroup>
              <div id={`${id}-note`} className={styles.note}>
                {note}
              </div>
              {others.map((other) => (
                <Base.Group key={other.heading} className={styles.other}>
                  <Base.GroupLabel className={styles.heading}>{other.heading}</Base.GroupLabel>
                  {other.label !== undefined && (
                    <Base.Item
                      className={styles.item}
                      aria-describedby={`${id}-${other.heading}`}
                      onClick={() => {
                        chosen.current = other
                      }}
                    >
                      <span className={styles.label}>{other.label}</span>
                    </Base.Item>
                  )}
                  <div id={`${id}-${other.heading}`} className={styles.words}>
                    {other.note}
                  </div>
                </Base.Group>
              ))}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  )
}
