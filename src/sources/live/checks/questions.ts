import type { ProcessSelector } from '../../../checks/check.ts'
import type { ProcessRow } from '../../../model/processes.ts'
import type { FromChecks, ProcessesReply } from './messages.ts'

/** Questions for processes, which another thread answers. */
export interface Questions {
  /** Rejects with why they cannot be told, or with the signal's reason. */
  ask(selector: ProcessSelector, signal: AbortSignal): Promise<readonly ProcessRow[]>
  /** Takes an answer; one that nobody waits for any more is nobody's. */
  answer(reply: ProcessesReply): void
}

interface Question {
  readonly resolve: (rows: readonly ProcessRow[]) => void
  readonly reject: (reason: unknown) => void
}

/** `generation`: another number than that of all workers before. */
export function createQuestions(post: (message: FromChecks) => void, generation: number): Questions {
  const waiting = new Map<string, Question>()
  let asked = 0
  return {
    ask: (selector, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const id = `${generation}.${++asked}`
        const end = () => {
          waiting.delete(id)
          signal.removeEventListener('abort', stop)
        }
        const stop = () => {
          end()
          reject(signal.reason)
        }
        signal.addEventListener('abort', stop)
        waiting.set(id, {
          resolve(rows) {
            end()
            resolve(rows)
          },
          reject(reason) {
            end()
            reject(reason)
          },
        })
        post({ kind: 'select', id, selector })
      }),
    answer(reply) {
      const question = waiting.get(reply.id)
      if ('failed' in reply) question?.reject(new Error(reply.failed))
      else question?.resolve(reply.rows)
    },
  }
}
