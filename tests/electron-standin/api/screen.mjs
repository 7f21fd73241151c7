// screen: one display that never changes.
import { EventEmitter } from 'node:events'
import { strict } from './absent.mjs'

const size = { width: 1280, height: 800 }
const area = { x: 0, y: 0, ...size }
const display = { id: 1, bounds: area, workArea: area, size, workAreaSize: size, scaleFactor: 1, rotation: 0 }

export const screen = strict(
  'screen',
  Object.assign(new EventEmitter(), {
    getPrimaryDisplay: () => display,
    getAllDisplays: () => [display],
    getDisplayMatching: () => display,
    getDisplayNearestPoint: () => display,
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
  }),
)
