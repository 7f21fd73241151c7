import { useRef, useState, type FormEvent } from 'react'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { TextField } from '../../ui/TextField'
import styles from './PassphraseDialog.module.css'
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
  },
  change: { title: 'Change the passphrase', description: 'The old one opens nothing afterwards.', action: 'Change' },
  remove: {
    title: 'Remove the passphrase?',
    description: 'The keychain of this computer opens your keys again, without asking.',
    action: 'Remove passphrase',
  },
} as const

/** Sets, changes or removes the passphrase. The fields hold their own text. */
export function PassphraseDialog({ act, onClose }: PassphraseDialogProps) {
  const oldField = useRef<HTMLInputElement>(null)
  const newField = useRef<HTMLInputElement>(null)
  const againField = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<{ readonly field: Field; readonly words: string } | null>(null)
  const [working, setWorking] = useState(false)
  // Keeps its words while it fades out.
  const [shown, setShown] = useState<PassphraseAct>('set')
  if (act !== null && act !== shown) setShown(act)

  function close(): void {
    setWrong(null)
    onClose()
  }

  function complain(field: Field, words: string): void {
    setWrong({ field, words })
    ;({ old: oldField, new: newField, again: againField })[field].current?.select()
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (act === null || working) return
    const [current, next, again] = [textOf(oldField), textOf(newField), textOf(againField)]
    if (act !== 'remove' && next !== again) return complain('again', 'This is not the same passphrase.')
    setWorking(true)
    const result = await (act === 'remove'
      ? request('vault.removePassphrase', { passphrase: current })
      : request('vault.setPassphrase', { passphrase: next, ...(act === 'change' ? { current } : {}) }))
    setWorking(false)
    if (!result.ok) {
      const { code, field } = result.error
      const isCurrent = act === 'remove' || code === 'passphrase_wrong' || field === 'current'
      return complain(isCurrent ? 'old' : 'new', requestWords(result.error))
    }
    useVault.getState().learn(result.value)
    return close()
  }

  const { title, description, action } = WORDS[shown]
  const said = (field: Field) => (wrong?.field === field ? wrong.words : null)
  const common = { type: 'password', required: true, 'aria-required': true } as const
  return (
    <Dialog
      open={act !== null}
      onClose={close}
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
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button kind={shown === 'remove' ? 'danger' : 'primary'} type="submit" aria-disabled={working}>
            {working ? 'Working …' : action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function textOf(field: { readonly current: HTMLInputElement | null }): string {
  return field.current?.value ?? ''
}
