import { KeyRound } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { TextField } from '../../ui/TextField'

interface KeyFieldProps {
  readonly field: Ref<HTMLInputElement>
  readonly error: string | null
  readonly beside?: ReactNode
}

/** Where a key is entered. It holds its own text: the key is never part of any state of the window. */
export function KeyField({ field, error, beside }: KeyFieldProps) {
  return (
    <TextField
      label="API key"
      type="password"
      icon={<KeyRound />}
      ref={field}
      error={error}
      required
      aria-required
      beside={beside}
    />
  )
}
