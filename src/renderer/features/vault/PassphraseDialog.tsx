import { useRef, useState, type FormEvent } from 'react'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/TextField'
import styles from './PassphraseDialog.module.css'
import { SlowActions } from './SlowActions'
import { useSlowAct } from './use-slow-act'
import { useVault } from './vault-store'

export type PassphraseAct = 'set' | 'change' | 'remove'

interface PassphraseDialogProps {
  /** What is to be done; null keeps the dialog closed. */
  readonly act: PassphraseAct | null
  readonly onClose: () => void
}

type Field = 'old' | 'new' | 'again'

const WORDS = {
  set: {
    title: 'Set a passphrase',
    description:
      'Keys are then encrypted with it alone, and opened once you have entered it. Nobody can bring back a forgotten one: you would enter your keys again.',
    action: 'Set passphrase',
    late: 'It was too late to cancel: the passphrase is set.',
  },
  change: {
    title: 'Change the passphrase',
    description: 'The old one opens nothing afterwards.',
    action: 'Change',
    late: 'It was too late to cancel: the passphrase is changed.',
  },
  remove: {
    title: 'Remove the passphrase?',
    description: 'The keychain of this computer opens your keys again, without asking.',
    action: 'Remove passphrase',
    late: 'It was too late to cancel: the passphrase is removed.',
  },
} as const

/** Sets, changes or removes the passphrase. The fields hold their own text. */
export function PassphraseDialog({ act, onClose }: PassphraseDialogProps) {
  const oldField = useRef<HTMLInputElement>(null)
  const newField = useRef<HTMLInputElement>(null)
  const againField = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<{ readonly field: Field; readonly words: string } | null>(null)
  const { phase, run, leave } = useSlowAct()
  // Keeps its words while it fades out.
  const [shown, setShown] = useState<PassphraseAct>('set')
  if (act !== null && act !== shown) setShown(act)

  function close(): void {
    setWrong(null)
    onClose()
  }

  const cancel = () => void leave(close, () => request('vault.cancelPassphrase', {}))

  function complain(field: Field, words: string): void {
    setWrong({ field, words })
    ;({ old: oldField, new: newField, again: againField })[field].current?.select()
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (act === null || phase !== 'idle') return
    const [current, next, again] = [textOf(oldField), textOf(newField), textOf(againField)]
    if (act !== 'remove' && next !== again) return complain('again', 'This is not the same passphrase.')
    const done = await run(() =>
      act === 'remove'
        ? request('vault.removePassphrase', { passphrase: current })
        : request('vault.setPassphrase', { passphrase: next, ...(act === 'change' ? { current } : {}) }),
    )
    if (done === null) return
    const { result, late } = done
    if (!result.ok) {
      const { code, field } = result.error
      const isCurrent = act === 'remove' || code === 'passphrase_wrong' || field === 'current'
      complain(isCurrent ? 'old' : 'new', requestWords(result.error))
      return
    }
    useVault.getState().learn(result.value)
    if (!late) close()
  }

  const { title, description, action } = WORDS[shown]
  const said = (field: Field) => (wrong?.field === field ? wrong.words : null)
  const common = { type: 'password', required: true, 'aria-required': true } as const
  return (
    <Dialog
      open={act !== null}
      onClose={cancel}
      title={title}
      description={description}
      initialFocus={shown === 'set' ? newField : oldField}
    >
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        {shown !== 'set' && <TextField label="Current passphrase" ref={oldField} error={said('old')} {...common} />}
        {shown !== 'remove' && (
          <>
            <TextField
              label="New passphrase"
              hint="At least 8 characters. A few words are stronger than one."
              ref={newField}
              error={said('new')}
              {...common}
            />
            <TextField label="New passphrase again" ref={againField} error={said('again')} {...common} />
          </>
        )}
        <SlowActions phase={phase} late={WORDS[shown].late} onLeave={cancel}>
          <Button kind={shown === 'remove' ? 'danger' : 'primary'} type="submit" aria-disabled={phase !== 'idle'}>
            {phase === 'working' ? 'Working …' : action}
          </Button>
        </SlowActions>
      </form>
    </Dialog>
  )
}

function textOf(field: { readonly current: HTMLInputElement | null }): string {
  return field.current?.value ?? ''
}
