/** Electron's event object. @param {object} [details] */
export function createEvent(details = {}) {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
    ...details,
  }
}
