import { ArrowLeft } from 'lucide-react'
import { IconButton } from '../../ui/IconButton'
import { TextButton } from '../../ui/TextButton'
import styles from './Crumbs.module.css'
import { rangeWords, trailOf, type SpendPlace } from './spend-view'

interface CrumbsProps {
  readonly place: SpendPlace
  readonly canBack: boolean
  readonly onBack: () => void
  readonly onGo: (place: SpendPlace) => void
}

/** The way from all calls to those that are shown, and back. */
export function Crumbs({ place, canBack, onBack, onGo }: CrumbsProps) {
  const trail = trailOf(place)
  if (!canBack && trail.length === 1) return null
  return (
    <nav className={styles.crumbs} aria-label="What is shown">
      {canBack && (
        <IconButton label="Back" aria-keyshortcuts="Alt+ArrowLeft" onClick={onBack}>
          <ArrowLeft />
        </IconButton>
      )}
      <ol className={styles.trail}>
        {trail.map((step, index) => {
          const words = step.parent === null ? rangeWords(step.query.range) : step.label
          const here = index === trail.length - 1
          return (
            // oxlint-disable-next-line react/no-array-index-key -- a place on the way is what it is by where it stands.
            <li key={index}>
              {here ? (
                <span aria-current="page" dir="auto">
                  {words}
                </span>
              ) : (
                <TextButton onClick={() => onGo(step)}>
                  <span dir="auto">{words}</span>
                </TextButton>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
