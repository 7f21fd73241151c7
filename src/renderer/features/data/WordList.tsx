import { useId } from 'react'
import styles from './WordList.module.css'

/** A few lines under a word, such as what goes and what stays. */
export function WordList({ heading, words }: { readonly heading: string; readonly words: readonly string[] }) {
  const id = useId()
  return (
    <div className={styles.words}>
      <p id={id} className={styles.heading}>
        {heading}
      </p>
      <ul aria-labelledby={id}>
        {words.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
