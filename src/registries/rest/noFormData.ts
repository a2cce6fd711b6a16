/** Stands in for `form-data` in the bundle: axios only asks whether a body is one (performance.md, Packages). */
export default function FormData(): void {
  throw new Error('MLflow takes no multipart bodies');
}
