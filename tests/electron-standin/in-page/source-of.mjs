/** A function as text, to be run in the page. @param {Function} fn @returns {string} */
export const sourceOf = (fn) => `(${fn.toString()})`
