// dialog: nobody is asked. Every answer is the one of a person who backs out; tests put functions of their own in
// place (`electronApp.evaluate(({ dialog }) => { dialog.showOpenDialog = ... })`), as they would on real Electron.
import { strict } from './absent.mjs'

export const dialog = strict('dialog', {
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
  showOpenDialogSync: () => undefined,
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
  showSaveDialogSync: () => '',
  showMessageBox: async (...args) => ({ response: backOut(args.at(-1)), checkboxChecked: false }),
  showMessageBoxSync: (...args) => backOut(args.at(-1)),
  showErrorBox: (title, content) => console.error(`${title}\n${content}`),
})

// Electron's own rule for a dialog closed without an answer: cancelId, else the button named Cancel or No, else 0.
function backOut({ cancelId, buttons = [] }) {
  return (
    cancelId ??
    Math.max(
      0,
      buttons.findIndex((label) => /^(cancel|no)$/i.test(label.replace('&', ''))),
    )
  )
}
