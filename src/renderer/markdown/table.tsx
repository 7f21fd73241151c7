import type { Tokens } from 'marked'
import type { ReactNode } from 'react'
import { renderInline, type Context } from './inline'
import styles from './Markdown.module.css'
import { Scroller } from './Scroller'

/** In the direction of the text, which is what a model means by left and right. */
const ALIGN = { left: styles.alignStart, center: styles.alignCenter, right: styles.alignEnd }

/** A table, in a frame that scrolls sideways when it is wide. */
export function renderTable(token: Tokens.Table, context: Context): ReactNode {
  const names = token.header.map(({ text }) => text.trim()).filter((text) => text !== '')
  return (
    <Scroller className={styles.scroller} label={['Table', ...names].join(', ').slice(0, 120)}>
      <table className={styles.table} dir="auto">
        <thead>
          <tr>
            {token.header.map((cell, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- Cells have no identity but their place.
              <th key={index} scope="col" className={alignOf(cell)}>
                {renderInline(cell.tokens, context)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((row, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- as above
            <tr key={index}>
              {row.map((cell, column) => (
                // oxlint-disable-next-line react/no-array-index-key -- as above
                <td key={column} className={alignOf(cell)}>
                  {renderInline(cell.tokens, context)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}

function alignOf({ align }: Tokens.TableCell): string | undefined {
  return align === null ? undefined : ALIGN[align]
}
