import { createRequire } from 'node:module'

/** Neither the libraries of ECMAScript nor the types of Node declare it. */
declare const WebAssembly: { readonly Memory: new (descriptor: { initial: number }) => object }

/**
 * Ends the process with an exit code although a thread of it hangs in the kernel. `process.exit` joins every worker thread before it
 * ends, so that one that hangs keeps the process for good, and a signal would take the exit code with it. WASI's `proc_exit` is exit(3) of
 * the C library, which joins nothing (node:wasi, `returnOnExit`; tried with Node 20). To be called last.
 */
export function leaveAtOnce(code: number): never {
  try {
    // Loaded only here: it is experimental, and says so on the first turn of a loop that will not come.
    const { WASI } = createRequire(process.execPath)('node:wasi') as typeof import('node:wasi')
    const wasi = new WASI({ version: 'preview1', returnOnExit: false })
    const exit = (wasi.wasiImport as { readonly proc_exit: (code: number) => void }).proc_exit
    wasi.start({ exports: { memory: new WebAssembly.Memory({ initial: 1 }), _start: () => exit(code) } })
  } catch {
    // A Node without WASI: ending is worth more than the code.
  }
  process.kill(process.pid, 'SIGKILL')
  throw new Error('the process goes on after SIGKILL')
}
