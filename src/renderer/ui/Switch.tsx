import { Switch as Base } from '@base-ui/react/switch'
import type { ComponentProps } from 'react'
import styles from './Switch.module.css'

type SwitchProps = Pick<ComponentProps<typeof Base.Root>, 'id' | 'ref' | 'aria-describedby'> & {
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}

/** Something that is on or off at once. Its label stands beside it and names it by `id`. */
export function Switch({ on, onChange, ...rest }: SwitchProps) {
  return (
    <Base.Root
      className={styles.switch}
      checked={on}
      onCheckedChange={onChange}
      nativeButton
      render={(props) => <button {...props} />}
      {...rest}
    >
      <Base.Thumb className={styles.thumb} />
    </Base.Root>
  )
}
