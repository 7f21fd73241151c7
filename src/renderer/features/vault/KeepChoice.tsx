import { Checkbox } from '../../ui/Checkbox'

interface KeepChoiceProps {
  readonly forSession: boolean
  readonly onChange: (forSession: boolean) => void
}

/** Whether a key that is about to be entered goes into the file of sealed keys at all. */
export function KeepChoice({ forSession, onChange }: KeepChoiceProps) {
  return <Checkbox label="Keep only until Latchkey quits" checked={forSession} onChange={onChange} />
}
