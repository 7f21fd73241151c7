import { Button } from '../../ui/Button'
import { Toast } from '../../ui/Toast'
import styles from './SavingToast.module.css'
import { savingStore, useSaving } from './saving-store'
import { progressWords, savingWords } from './saving-words'

/**
 * Says how far a file is that is being saved, with a way to stop it, and what became of it. `onStopped` gives the focus a
 * place, for the button goes away.
 */
export function SavingToast({ onStopped }: { readonly onStopped: () => void }) {
  const saving = useSaving()
  const { stop, dismiss } = savingStore.getState()
  const text = savingWords(saving)
  const isWriting = saving.kind === 'writing'
  return (
    <div className={styles.toast}>
      <Toast
        said={text === '' ? null : { id: saving.kind, text }}
        onClose={dismiss}
        stays={isWriting ? 'until-over' : saving.kind === 'refused' ? 'until-dismissed' : 'a-while'}
        actions={
          isWriting && (
            <>
              {/* Not told: it would be said anew with each piece. */}
              <span className={styles.progress} aria-hidden="true">
                {progressWords(saving)}
              </span>
              <Button
                small
                onClick={() => {
                  stop()
                  onStopped()
                }}
              >
                Stop
              </Button>
            </>
          )
        }
      />
    </div>
  )
}
