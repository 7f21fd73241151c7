// Menu and MenuItem: built and kept, never shown. Tests click items by id; accelerators do nothing.
import { EventEmitter } from 'node:events'
import { app } from './app.mjs'
import { BrowserWindow } from './browser-window.mjs'
import { createEvent } from './events.mjs'

let applicationMenu = null

// oxlint-disable-next-line typescript/no-extraneous-class -- Electron's items are made with `new`
export class MenuItem {
  constructor(options) {
    const { click, submenu, role, label = role ?? '', type = submenu ? 'submenu' : 'normal' } = options
    Object.assign(this, { enabled: true, visible: true, checked: false }, options, { label, type })
    if (Array.isArray(submenu)) this.submenu = Menu.buildFromTemplate(submenu)
    this.click = () => {
      if (click) click(this, BrowserWindow.getFocusedWindow() ?? undefined, createEvent())
      else if (role === 'quit') app.quit()
    }
  }
}

export class Menu extends EventEmitter {
  items = []

  static buildFromTemplate(template) {
    const menu = new Menu()
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item))
    return menu
  }
  static setApplicationMenu(menu) {
    applicationMenu = menu
  }
  static getApplicationMenu() {
    return applicationMenu
  }

  append(item) {
    this.items.push(item)
  }
  insert(position, item) {
    this.items.splice(position, 0, item)
  }
  getMenuItemById(id) {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
  popup() {
    this.emit('menu-will-show', createEvent())
  }
  closePopup() {}
}
