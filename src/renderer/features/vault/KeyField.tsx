import { KeyRound } from 'lucide-react'
import { useEffect, type ReactNode, type Ref } from 'react'
import { TextField } from '../../ui/TextField'
import { clipboardStore } from './clipboard-store'

interface KeyFieldProps {
  readonly field: Ref<HTMLInputElement>
  readonly error: string | null
  readonly beside?: ReactNode
  /** Whether the server may do without a key. */
  readonly optional?: boolean
  /** Told what is typed, for a look at it: it must not be kept. */
  readonly onText?: (text: string) => void
}

/** Where a key is entered. It holds its own text: the key is never part of any state of the window. */
export function KeyField({ field, error, beside, optional = false, onText }: KeyFieldProps) {
  useEffect(() => clipboardStore.getState().opened(), [])
  return (
    <TextField
      label={optional ? 'API key (optional)' : 'API key'}
      type="password"
      icon={<KeyRound />}
      ref={field}
      error={error}
      required={!optional}
      aria-required={!optional}
      beside={beside}
      onChange={(event) => onText?.(event.currentTarget.value)}
      onPaste={() => clipboardStore.getState().pasted()}
    />
  )
}
