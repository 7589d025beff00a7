// A caught error is its name and its message where it becomes a text, and its fields by themselves.
function check(steps) { if (steps > 3) throw new RangeError('too many: ' + steps); if (steps < 0) throw new Error() }
let told = ''
for (const steps of [5, -1, 2]) {
  try { check(steps) } catch (e) { told += `${e};` + String(e).length + ';' + e.message + '|' + e.name + ' and ' + e }
}
let inner = ''
try { try { throw new TypeError('x') } finally { inner += 'f' } } catch (error) { inner += error }
export default (t) => (told.length + told.charCodeAt(3) + inner.length * 1000 + inner.charCodeAt(3)) * t
