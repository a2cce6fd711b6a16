/** What charts draw with: a part of the canvas's own context, which `SvgPen` has too. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'rect'
  | 'arc'
  | 'stroke'
  | 'fill'
  | 'fillRect'
  | 'fillText'
  | 'setLineDash'
  | 'save'
  | 'restore'
  | 'clip'
  | 'translate'
  | 'rotate'
  | 'strokeStyle'
  | 'fillStyle'
  | 'lineWidth'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'globalAlpha'
>;

const anchors: Readonly<Record<string, string>> = { center: 'middle', right: 'end', end: 'end' };
const baselines: Readonly<Record<string, string>> = { middle: 'central', top: 'hanging', bottom: 'auto' };

interface Saved {
  readonly open: number;
  readonly style: Readonly<Record<string, unknown>>;
}

/** Writes what is drawn as SVG, so that an exported chart is the one on the screen. */
export class SvgPen implements Pen {
  strokeStyle: Pen['strokeStyle'] = '#000';
  fillStyle: Pen['fillStyle'] = '#000';
  lineWidth = 1;
  font = '11px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  globalAlpha = 1;
  private readonly parts: string[] = [];
  private path: string[] = [];
  private dash: readonly number[] = [];
  private readonly saved: Saved[] = [];
  private open = 0;
  private clips = 0;

  constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly background: string,
  ) {}

  beginPath(): void {
    this.path = [];
  }

  moveTo(x: number, y: number): void {
    this.path.push(`M${short(x)} ${short(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.path.push(`L${short(x)} ${short(y)}`);
  }

  closePath(): void {
    this.path.push('Z');
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path.push(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`);
  }

  /** Whole circles only: no chart draws another arc. */
  arc(x: number, y: number, radius: number): void {
    const r = short(radius);
    this.path.push(`M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${short(2 * radius)} 0`);
    this.path.push(`a${r} ${r} 0 1 0 ${short(-2 * radius)} 0Z`);
  }

  stroke(): void {
    const dash = this.dash.length > 0 ? ` stroke-dasharray="${this.dash.join(' ')}"` : '';
    this.write(`<path fill="none" ${this.look('stroke', this.strokeStyle)} stroke-width="${this.lineWidth}"${dash}`);
  }

  fill(): void {
    this.write(`<path ${this.look('fill', this.fillStyle)}`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }

  fillText(text: string, x: number, y: number): void {
    const anchor = anchors[this.textAlign] ?? 'start';
    const baseline = baselines[this.textBaseline] ?? 'auto';
    this.parts.push(
      `<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}" dominant-baseline="${baseline}" ` +
        `style="font:${escaped(this.font)}" ${this.look('fill', this.fillStyle)}>${escaped(text)}</text>`,
    );
  }

  setLineDash(dash: number[]): void {
    this.dash = dash;
  }

  save(): void {
    const { strokeStyle, fillStyle, lineWidth, font, textAlign, textBaseline, globalAlpha, dash } = this;
    const style = { strokeStyle, fillStyle, lineWidth, font, textAlign, textBaseline, globalAlpha, dash };
    this.saved.push({ open: this.open, style });
  }

  restore(): void {
    const saved = this.saved.pop();
    if (!saved) return;
    for (; this.open > saved.open; this.open--) this.parts.push('</g>');
    Object.assign(this, saved.style);
  }

  clip(): void {
    const id = `clip${this.clips++}`;
    this.parts.push(`<clipPath id="${id}"><path d="${this.path.join('')}"/></clipPath>`);
    this.group(`clip-path="url(#${id})"`);
  }

  translate(x: number, y: number): void {
    this.group(`transform="translate(${short(x)} ${short(y)})"`);
  }

  rotate(angle: number): void {
    this.group(`transform="rotate(${short((angle * 180) / Math.PI)})"`);
  }

  text(title: string): string {
    const { width, height } = this;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" fill="${escaped(this.background)}"/>
${this.parts.join('\n')}
</svg>
`;
  }

  private write(start: string): void {
    this.parts.push(`${start} d="${this.path.join('')}"/>`);
  }

  private group(attribute: string): void {
    this.parts.push(`<g ${attribute}>`);
    this.open++;
  }

  private look(name: 'stroke' | 'fill', style: Pen['fillStyle']): string {
    const color = typeof style === 'string' ? style : '#000';
    return `${name}="${escaped(color)}"${this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : ''}`;
  }
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function escaped(text: string): string {
  // Characters that XML cannot hold at all are left out.
  return (
    text
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
      .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
