// Where the focus goes to something that is not drawn yet: it is wished for by name, and taken by what is drawn.

let wished: string | null = null

/** Whatever is drawn next under this name takes the focus. */
export function wishFocus(name: string): void {
  wished = name
}

/** Whether the focus was wished for here; once. */
export function takeFocus(name: string): boolean {
  if (wished !== name) return false
  wished = null
  return true
}
