/** What a line is drawn with. */
export interface LinePen {
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  stroke(): void;
  fill(): void;
}

/** px of a point that no line leads to. */
const dot = 2;

/** One line; it breaks at what has no place, and a point between two breaks is a dot. */
export function strokeLine(
  pen: LinePen,
  { x, y }: { readonly x: Float64Array; readonly y: Float64Array },
  placeX: (value: number) => number,
  placeY: (value: number) => number,
): void {
  const alone: number[] = [];
  let length = 0;
  let [lastX, lastY] = [0, 0];
  pen.beginPath();
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [placeX(x[i] ?? NaN), placeY(y[i] ?? NaN)];
    if (py - py !== 0 || px - px !== 0) {
      if (length === 1) alone.push(lastX, lastY);
      length = 0;
      continue;
    }
    if (length === 0) pen.moveTo(px, py);
    else pen.lineTo(px, py);
    length++;
    [lastX, lastY] = [px, py];
  }
  if (length === 1) alone.push(lastX, lastY);
  pen.stroke();
  for (let i = 0; i < alone.length; i += 2) {
    pen.beginPath();
    pen.arc(alone[i] ?? 0, alone[i + 1] ?? 0, dot, 0, 2 * Math.PI);
    pen.fill();
  }
}
