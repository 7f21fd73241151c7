import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check } from 'lucide-react'
import styles from './Checkbox.module.css'

interface CheckboxProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** Something that counts or does not, once its form is sent; its words are part of it. */
export function Checkbox({ label, checked, onChange }: CheckboxProps) {
  return (
    <label className={styles.label}>
      <Base.Root
        className={styles.box}
        checked={checked}
        onCheckedChange={onChange}
        nativeButton
        render={(props) => <button {...props} />}
      >
        <Base.Indicator>
          <Check />
        </Base.Indicator>
      </Base.Root>
      {label}
    </label>
  )
}
