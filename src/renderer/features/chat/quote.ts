/** A text as a Markdown quote: every line of it, empty ones too, so that it stays one. */
export function quoted(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => (line.trim() === '' ? '>' : `> ${line.replace(/\r$/, '')}`))
    .join('\n')
}

/** A draft with a quote after what is there, and room below it to go on. */
export function withQuote(draft: string, text: string): string {
  const before = draft.trimEnd()
  return `${before === '' ? '' : `${before}\n\n`}${quoted(text)}\n\n`
}
