import type { SpendPartView } from '../../../shared/ipc/spend-views'
import type { BackgroundView } from '../../../shared/ipc/views'
import { costTitle } from '../../lib/cost-words'
import { formatCounted } from '../../lib/format'
import { TextButton } from '../../ui/TextButton'
import styles from './Background.module.css'
import { backgroundWords } from './background-words'
import { partFigure } from './spend-words'

interface BackgroundProps {
  readonly groups: readonly SpendPartView[]
  /** `this month` */
  readonly when: string
  readonly onOpen: (key: string, name: string) => void
  /** Leads to the switch of what left. */
  readonly onSetting: (setting: keyof BackgroundView) => void
}

/** What left without being sent by hand, and where each is switched off. */
export function Background({ groups, when, onOpen, onSetting }: BackgroundProps) {
  return (
    <section aria-labelledby="spend-background">
      <h2 id="spend-background" className={styles.title}>
        In the background
      </h2>
      {groups.length === 0 ? (
        <p className={styles.empty}>Nothing left in the background {when}.</p>
      ) : (
        <ul className={styles.list}>
          {groups.map(({ key, callCount, spend }) => {
            const { name, setting } = backgroundWords(key)
            return (
              <li key={key} className={styles.row}>
                <span className={styles.name}>
                  <TextButton plain onClick={() => onOpen(key, name)}>
                    {name}
                  </TextButton>
                  <span className={styles.count}>{formatCounted(callCount, 'call', 'calls')}</span>
                </span>
                <span className={styles.amount} title={costTitle(spend)}>
                  {partFigure(spend)}
                </span>
                {setting !== null && (
                  <button
                    type="button"
                    className={styles.setting}
                    aria-label={`Setting for ${name}`}
                    onClick={() => onSetting(setting)}
                  >
                    Setting
                  </button>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
