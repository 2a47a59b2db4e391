/** Aborted by Ctrl-C. What is under way is put back first, so the process goes on until it is. */
export function stopOnSignals(): AbortSignal {
  const stop = new AbortController();
  const onSignal = () => {
    if (!stop.signal.aborted) console.error('\nputting everything back …');
    stop.abort(new Error('stopped'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stop.signal;
}
