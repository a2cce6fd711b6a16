/** A worker as the text of its script (esbuild.js). */
declare module '*?text' {
  const script: string;
  export default script;
}
