import { createContext } from 'react'

/** Whether an answer runs in the conversation that is shown: no other version is begun or shown meanwhile. */
export const RunningContext = createContext(false)
