import { useRef, useState, type FormEvent } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import styles from './UnlockForm.module.css'
import { useVault } from './vault-store'

interface UnlockFormProps {
  /** `Unlock`, or what follows at once. */
  readonly action: string
  readonly onUnlocked?: () => void
}

/** Asks for the passphrase in place. The field holds its own text, as that of a key does. */
export function UnlockForm({ action, onUnlocked }: UnlockFormProps) {
  const field = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<RequestError | null>(null)
  const [trying, setTrying] = useState(false)

  async function unlock(event: FormEvent): Promise<void> {
    event.preventDefault()
    const input = field.current
    if (input === null || trying) return
    setTrying(true)
    const result = await request('vault.unlock', { passphrase: input.value })
    setTrying(false)
    if (!result.ok) {
      setError(result.error)
      input.select()
      return
    }
    input.value = ''
    useVault.getState().learn(result.value)
    onUnlocked?.()
  }

  return (
    <form className={styles.form} onSubmit={(event) => void unlock(event)} noValidate>
      <TextField
        label="Passphrase"
        type="password"
        ref={field}
        required
        aria-required
        error={error === null ? null : requestWords(error)}
        beside={
          <Button kind="primary" type="submit" aria-disabled={trying}>
            {trying ? 'Unlocking …' : action}
          </Button>
        }
      />
    </form>
  )
}
