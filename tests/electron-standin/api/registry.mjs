// The windows and pages that are open, by id. Apart from their classes, because everything asks for them.

/** @type {Map<number, import('./browser-window.mjs').BrowserWindow>} */
export const openWindows = new Map()

/** @type {Map<number, import('./web-contents.mjs').WebContents>} */
export const openContents = new Map()

let windows = 0
let contents = 0
export const nextWindowId = () => ++windows
export const nextContentsId = () => ++contents
