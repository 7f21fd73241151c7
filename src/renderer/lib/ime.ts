// Enter, Escape and the arrows belong to an input method while it composes: they pick a candidate, drop it, or move among
// several. Who reads keys reads them through `unlessComposing`, so that none of them sends, picks or closes as well.

/** The key code of every key an input method keeps for itself. */
const PROCESSED_BY_INPUT_METHOD = 229

/** What a key press must tell; React's events carry the browser's own. */
interface KeyPress {
  readonly keyCode: number
  readonly target: EventTarget | null
  readonly isComposing?: boolean
  readonly nativeEvent?: { readonly isComposing: boolean }
}

type Composition = Pick<Event, 'type' | 'target'>

export interface InputMethod {
  /** Is told of each composition that begins or ends, and of each change of focus. */
  note(event: Composition): void
  /**
   * Whether the input method needs this key. By three signs, as none of them is always there: a composition has begun in
   * that field and not ended; the browser says so; the key code does, which alone covers the Enter that comes after the
   * end of its own composition.
   */
  takes(press: KeyPress): boolean
}

/** Follows one input method through the events of a page. */
export function createInputMethod(): InputMethod {
  let field: EventTarget | null = null
  return {
    note({ type, target }) {
      // A field that went away in the middle never says that it has ended; another one that is entered does.
      field = type === 'compositionstart' ? target : null
    },
    takes: ({ keyCode, target, isComposing, nativeEvent }) =>
      keyCode === PROCESSED_BY_INPUT_METHOD ||
      isComposing === true ||
      nativeEvent?.isComposing === true ||
      (field !== null && field === target),
  }
}

const inputMethod = createInputMethod()

/** Follows the input method of a page from now on; before anything else on it hears of its events. */
export function watchInputMethod(page: Document): void {
  for (const type of ['compositionstart', 'compositionend', 'focusin']) {
    page.addEventListener(type, (event) => inputMethod.note(event), { capture: true })
  }
}

/** What reads keys, spared those that an input method needs. */
export function unlessComposing<Press extends KeyPress>(read: (press: Press) => void): (press: Press) => void {
  return (press) => {
    if (!inputMethod.takes(press)) read(press)
  }
}
