// powerMonitor: mains, awake, active. Tests emit its events themselves.
import { EventEmitter } from 'node:events'
import { strict } from './absent.mjs'

export const powerMonitor = strict(
  'powerMonitor',
  Object.assign(new EventEmitter(), {
    onBatteryPower: false,
    isOnBatteryPower: () => false,
    getSystemIdleTime: () => 0,
    getSystemIdleState: () => 'active',
  }),
)
