/** A reader that takes nothing for so long has stopped reading. */
const PATIENCE_MS = 500

/**
 * Ends the process though its reader does not take what was written: a pipe that is full keeps Node from ending. To be called last, by
 * commands that go on until a signal comes.
 */
export function leaveReader(): void {
  setTimeout(() => process.exit(), PATIENCE_MS).unref()
}
