// What a window keeps about itself: shown or not, minimised, its title. Nothing of it changes the picture.
import { strictEmitter } from './absent.mjs'

export class WindowState extends strictEmitter('BrowserWindow') {
  #visible
  #title
  #minimized = false
  #maximized = false
  #fullScreen = false

  constructor({ show, title }) {
    super()
    this.setMaxListeners(0)
    this.#visible = show
    this.#title = title
  }

  show() {
    this.#visible = true
    this.emit('show')
  }
  showInactive() {
    this.show()
  }
  hide() {
    this.#visible = false
    this.emit('hide')
  }
  isVisible() {
    return this.#visible
  }
  focus() {
    this.emit('focus')
  }
  blur() {
    this.emit('blur')
  }
  isFocused() {
    return this.#visible
  }

  // ---- states
  minimize() {
    this.#minimized = true
    this.emit('minimize')
  }
  restore() {
    this.#minimized = false
    this.emit('restore')
  }
  isMinimized() {
    return this.#minimized
  }
  maximize() {
    this.#maximized = true
    this.emit('maximize')
  }
  unmaximize() {
    this.#maximized = false
    this.emit('unmaximize')
  }
  isMaximized() {
    return this.#maximized
  }
  setFullScreen(on) {
    this.#fullScreen = on
    this.emit(on ? 'enter-full-screen' : 'leave-full-screen')
  }
  isFullScreen() {
    return this.#fullScreen
  }

  getTitle() {
    return this.#title
  }
  setTitle(title) {
    this.#title = title
  }

  // Accepted and without effect here.
  center() {}
  setMinimumSize() {}
  setMaximumSize() {}
  setResizable() {}
  setMenu() {}
  removeMenu() {}
  setMenuBarVisibility() {}
  setAutoHideMenuBar() {}
  setBackgroundColor() {}
  setTitleBarOverlay() {}
  setIcon() {}
  setAlwaysOnTop() {}
  setProgressBar() {}
  setDocumentEdited() {}
  setRepresentedFilename() {}
  flashFrame() {}
  moveTop() {}
}
