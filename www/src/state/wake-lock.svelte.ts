/**
 * Keeps the screen on while `active`, where the browser can: a phone that goes to sleep trains no
 * more. To be called while a component is set up.
 */
export function keepAwake(active: () => boolean): void {
  $effect(() => {
    if (!active() || !("wakeLock" in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let over = false;
    const take = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        const taken = await navigator.wakeLock.request("screen");
        if (over) void taken.release();
        else lock = taken;
      } catch {
        // Refused, as to save the battery: then the screen goes off as it usually does.
      }
    };
    // A lock is lost when the page is hidden.
    const retake = () => void take();
    document.addEventListener("visibilitychange", retake);
    retake();
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", retake);
      void lock?.release();
    };
  });
}
