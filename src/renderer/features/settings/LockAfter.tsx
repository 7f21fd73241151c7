import type { RequestError } from '../../../shared/ipc/transport'
import type { LockAfterMinutes } from '../../../shared/ipc/views'
import { Segments } from '../../ui/Segments'
import { useSettings } from './settings-store'

const CHOICES: readonly { readonly value: `${LockAfterMinutes}`; readonly label: string }[] = [
  { value: '0', label: 'Never' },
  { value: '5', label: 'After 5 minutes' },
  { value: '15', label: 'After 15 minutes' },
  { value: '60', label: 'After an hour' },
]

interface LockAfterProps {
  readonly onKept: (change: Promise<RequestError | null>) => void
}

/** How long the window may ask for nothing before keys are locked. */
export function LockAfter({ onKept }: LockAfterProps) {
  const minutes = useSettings((state) => state.lockAfterMinutes)
  const setLockAfter = useSettings((state) => state.setLockAfter)
  return (
    <Segments
      label="Lock automatically"
      options={CHOICES}
      value={`${minutes}`}
      onChange={(next) => onKept(setLockAfter(Number(next) as LockAfterMinutes))}
    />
  )
}
