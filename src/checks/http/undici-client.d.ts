/** The one class of undici that a check needs: the whole of undici takes three times as long to load. */
declare module 'undici/lib/dispatcher/client.js' {
  import { Client } from 'undici'

  export default Client
}
