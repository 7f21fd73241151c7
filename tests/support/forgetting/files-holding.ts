import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '../canary'
import { formsIn, needlesFor } from '../secret-search'

/** A word that stands nowhere else in the world. */
export function word(name: string): string {
  return `${name}${randomBytes(18).toString('hex')}`
}

/** The files below a folder that hold a word, in any encoding, also one end of it; also in their names. */
export function filesHolding(folder: string, text: string): readonly string[] {
  const needles = needlesFor(text)
  return filesBelow(folder).filter((file) => {
    const bytes = Buffer.concat([Buffer.from(`${file}\n`), readIfThere(join(folder, file))])
    return formsIn(bytes, needles).length > 0
  })
}

/** Nothing for links and sockets, and for what was removed meanwhile. */
function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}
