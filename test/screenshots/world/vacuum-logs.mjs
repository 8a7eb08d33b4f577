/** Collects what it should throw away: 2.4 MB a second, a little more or less, into the folder that is given. */
import { fdatasyncSync, openSync, writeFileSync, writeSync } from 'node:fs'

const MB_A_SECOND = 2.4
const [, , , folder] = process.argv
// By name and arguments as the program that it plays. The kernel's name is set after them: it is the first word.
process.title = `vacuum-logs ${process.argv.slice(2).join(' ')}`
writeFileSync('/proc/self/comm', 'vacuum-logs')

const file = openSync(`${folder}/kept`, 'a')
setInterval(() => {
  writeSync(file, Buffer.alloc(MB_A_SECOND * 250_000 * (0.6 + 0.8 * Math.random()), 'x'))
  // Else the disk would have nothing to do for half a minute, and then all of it.
  fdatasyncSync(file)
}, 250)
