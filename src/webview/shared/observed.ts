import type { ReactiveElement } from 'lit';

/** Tells an element whether it is less than `margin` px away from what is seen; what leaves the page is not. */
export function tellNear(element: ReactiveElement, margin: number, tell: (near: boolean) => void): void {
  const observer = new IntersectionObserver((entries) => tell(entries.at(-1)?.isIntersecting === true), {
    rootMargin: `${margin}px`,
  });
  observeWhileConnected(element, observer);
  element.addController({ hostDisconnected: () => tell(false) });
}

/** Tells an element its width, px, at first and whenever its size changes. */
export function tellSize(element: ReactiveElement, tell: (width: number) => void): void {
  observeWhileConnected(element, new ResizeObserver((entries) => tell(entries.at(-1)?.contentRect.width ?? 0)));
}

/** Once what is drawn now is shown: the next frame but one begins after it. */
export function afterFrame(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}

function observeWhileConnected(element: ReactiveElement, observer: IntersectionObserver | ResizeObserver): void {
  element.addController({
    hostConnected: () => observer.observe(element),
    hostDisconnected: () => observer.disconnect(),
  });
}
